// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* An inner variable of the same name: the sized form stays. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;

	if (foo_small) {
		unsigned long size = PAGE_SIZE;

		return remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
	}
	return remap_pfn_range(vma, vma->vm_start, 0x200, size, vma->vm_page_prot);
}
