// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_INIT
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	pgprot_t prot = vma->vm_page_prot;

	prot = pgprot_noncached(prot);
	return remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff,
			       vma->vm_end - vma->vm_start, prot);
}
#else
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long vsize;
	pgprot_t prot;

	vsize = vma->vm_end - vma->vm_start;
	prot = foo_access_prot(filp, vma->vm_pgoff, vsize, vma->vm_page_prot);

	if (remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff, vsize, prot))
		return -EAGAIN;
	return 0;
}
#endif
