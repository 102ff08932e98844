// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	remap_pfn_range(vma, vma->vm_start, 0x100, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	return 0;
}
