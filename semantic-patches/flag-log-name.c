// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return dev_set_name(filp->private_data, "map-%lx", vma->vm_flags);
}
