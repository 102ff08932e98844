// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start, size = vma->vm_end - start;

	if (start & (SZ_64K - 1))
		return -EINVAL;
	pr_debug("foo: 0x%lx bytes at 0x%lx\n", size, start);
	return remap_pfn_range(vma, start + PAGE_SIZE, 0x100, size - PAGE_SIZE,
			       vma->vm_page_prot);
}
