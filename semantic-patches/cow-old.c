// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  drop: cow
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (is_cow_mapping(vma->vm_flags))
		return -EINVAL;
	return 0;
}
