// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int bar_map(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start;

	return remap_pfn_range(vma, start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start;

	if (vma->vm_pgoff)
		return -EINVAL;
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	if (io_remap_pfn_range(vma, start, foo_base >> PAGE_SHIFT,
			       vma_pages(vma) << PAGE_SHIFT, vma->vm_page_prot))
		return -EAGAIN;
	return 0;
}
