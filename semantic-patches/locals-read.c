// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* Still read: both stay. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	int ret;

	ret = foo_check(filp, size);
	if (ret)
		return ret;
	ret = remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
	if (ret)
		return ret;
	return 0;
}
