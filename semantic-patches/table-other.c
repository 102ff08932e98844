// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
/* The same function serves another interface, which keeps the old signature. */
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};

static const struct bar_operations bar_ops = {
	.mmap = foo_mmap,
};
