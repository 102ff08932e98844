// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_RETURN
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff,
			       vma->vm_end - vma->vm_start,
			       pgprot_noncached(vma->vm_page_prot));
}
#elif defined(CONFIG_FOO_IF)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (io_remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff,
			       vma->vm_end - vma->vm_start, PAGE_SHARED))
		return -EAGAIN;
	return 0;
}
#else
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret;

	ret = remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff,
			      vma->vm_end - vma->vm_start, foo_prot(filp));
	if (ret)
		return ret;
	return 0;
}
#endif
