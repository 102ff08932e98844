// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	if (foo->whole)
		return remap_pfn_range(vma, vma->vm_start, foo->pfn,
				       vma->vm_end - vma->vm_start,
				       vma->vm_page_prot);
	if (foo->io)
		return io_remap_pfn_range(vma, vma->vm_start, foo->pfn + vma->vm_pgoff,
					  vma_pages(vma) << PAGE_SHIFT, vma->vm_page_prot);
	if (foo->one)
		return remap_pfn_range(vma, vma->vm_start, foo->pfn, PAGE_SIZE, vma->vm_page_prot);
	return io_remap_pfn_range(vma, vma->vm_start + foo->skip, foo->pfn,
				  foo->size, vma->vm_page_prot);
}
