// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_INIT
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	size_t size = vma->vm_end - vma->vm_start;

	if (size > foo_len(filp))
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_ASSIGNED)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long vsize, psize;

	psize = foo_len(filp);
	vsize = vma->vm_end - vma->vm_start;
	if (vsize > psize)
		return -EINVAL;
	return io_remap_pfn_range(vma, vma->vm_start, 0x100, vsize, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_SHRUNK)
/* Another size on one path: stays a sized action. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;

	if (size > foo_len(filp))
		size = foo_len(filp);
	return remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_STEP)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;

	size -= PAGE_SIZE;
	return remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_ADDRESS)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;

	foo_round(&size);
	return remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
}
#else
/* Too narrow to be the size of any VMA. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned int size = vma->vm_end - vma->vm_start;

	return remap_pfn_range(vma, vma->vm_start, 0x100, size, vma->vm_page_prot);
}
#endif
