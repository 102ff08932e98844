// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	if (is_cow_mapping(foo->first->vm_flags))
		return -EINVAL;
	return 0;
}
