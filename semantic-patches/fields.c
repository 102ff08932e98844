// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int
foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	vma->vm_private_data = foo;
	vma->vm_ops = foo->user ? &foo_user_ops : &foo_vm_ops;
	return 0;
}
