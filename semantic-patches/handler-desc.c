// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo_desc *desc = filp->private_data;

	vma->vm_private_data = desc;
	return 0;
}
