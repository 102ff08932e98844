// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	pr_debug("flags 0x%lx\n", vma->vm_flags);
	foo->flags = vma->vm_flags;
	return 0;
}
