// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 255
static unsigned long foo_size(struct vm_area_struct *vma)
{
	return vma_pages(vma) + ((vma->vm_end - vma->vm_start) >> PAGE_SHIFT);
}
