// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long addr = foo_pick(filp);

	return remap_pfn_range(vma, addr, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
