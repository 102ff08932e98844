// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_DIRECT
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (foo_io)
		return io_remap_pfn_range(vma, vma->vm_start, 0x100,
					  vma->vm_end - vma->vm_start, vma->vm_page_prot);
	else
		return remap_pfn_range(vma, vma->vm_start, 0x100,
				       vma->vm_end - vma->vm_start, vma->vm_page_prot);
}
#elif defined(CONFIG_FOO_ADJACENT)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int err = -EINVAL;

	if (vma->vm_pgoff)
		return err;
	err = vm_iomap_memory(vma, foo_phys, foo_len);
	return err;
}
#else
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int res;

	mutex_lock(&foo_lock);
	res = vm_iomap_memory(vma, foo_phys, foo_len);
	mutex_unlock(&foo_lock);
	return res;
}
#endif
