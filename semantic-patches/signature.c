// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *file, struct vm_area_struct *vma);

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};

#ifdef CONFIG_MMU
static int
foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &foo_vm_ops;
	return 0;
}
#else
static inline int __maybe_unused foo_mmap(struct file *file,
					  struct vm_area_struct *vma)
{
	return -ENOSYS;
}
#endif
