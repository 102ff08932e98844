// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
	return vm_iomap_memory(vma, foo->phys, foo->len);
}
