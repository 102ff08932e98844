// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long vsize, unused;
	int ret = 0;

	vsize = vma->vm_end - vma->vm_start;
	ret = remap_pfn_range(vma, vma->vm_start, 0x100, vsize, vma->vm_page_prot);
	if (ret)
		return ret;
	return 0;
}
