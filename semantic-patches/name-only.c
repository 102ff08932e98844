// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_MMU
int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &foo_vm_ops;
	return 0;
}
EXPORT_SYMBOL_GPL(foo_mmap);
#else
#define foo_mmap NULL
#endif

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
