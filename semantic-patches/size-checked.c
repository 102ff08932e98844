// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_CHECKED
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start != PAGE_SIZE || vma->vm_pgoff)
		return -EINVAL;

	return remap_pfn_range(vma, vma->vm_start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_HALF)
/* Checked on one path only. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (foo_strict) {
		if (vma->vm_end - vma->vm_start != PAGE_SIZE)
			return -EINVAL;
	}

	return remap_pfn_range(vma, vma->vm_start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_BOTH)
/* Both must fail: no bound. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start != PAGE_SIZE && vma->vm_pgoff)
		return -EINVAL;

	return remap_pfn_range(vma, vma->vm_start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
#else
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start > PAGE_SIZE)
		return -EINVAL;

	return remap_pfn_range(vma, vma->vm_start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
#endif
