// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	/* Named like a message, but prints nothing. */
	foo_fill_info(filp->private_data, vma->vm_flags);
	return 0;
}
