// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_SPELLINGS
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	unsigned long odd = (vma->vm_end-vma->vm_start);
	unsigned long pages = (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
	unsigned long split = (vma->vm_end -
			       vma->vm_start) / PAGE_SIZE;

	if (foo_too_big(size, odd, vma_pages(vma)))
		return -EINVAL;
	if (vma->vm_end - vma->vm_start != PAGE_SIZE || pages != split)
		return -EINVAL;
	if ((u64)(vma->vm_end - vma->vm_start) > foo_len)
		return -EINVAL;
	return vma_pages(vma) << PAGE_SHIFT == foo_len ? 0 : -EINVAL;
}
#else
/* The tree has no end - start in it. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	loff_t to = min_t(loff_t, foo_len, ((u64)vma->vm_pgoff << PAGE_SHIFT) +
			  vma->vm_end - vma->vm_start);

	if (foo_base + vma->vm_end - vma->vm_start > to)
		return -EINVAL;
	/* Another sum: the fields one by one. */
	if (foo_base - vma->vm_end - vma->vm_start > to)
		return -EINVAL;
	return 0;
}
#endif
