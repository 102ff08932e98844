// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start;

	if (vma->vm_pgoff)
		swap(start, foo_start);
	return remap_pfn_range(vma, start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
