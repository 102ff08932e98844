// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifndef CONFIG_MMU
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	return is_nommu_shared_mapping(vma->vm_flags) ? 0 : -ENOSYS;
}
#else
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!is_nommu_shared_mapping(vma->vm_flags) && foo_is_nommu)
		return -ENOSYS;

	file_accessed(file);
	vma->vm_ops = &foo_vm_ops;
	return 0;
}
#endif

/* Not the handler's: stays. */
static bool foo_is_shared(struct vm_area_struct *vma)
{
	return is_nommu_shared_mapping(vma->vm_flags);
}
