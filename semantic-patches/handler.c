// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* The plain case, beside a function that must not change. */
static int bar_check(struct vm_area_struct *vma)
{
	return vma->vm_pgoff ? -EINVAL : 0;
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

/* A member of that name is no clash. */
static int bar_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return foo->desc ? bar_check(vma) : 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};

static const struct file_operations bar_fops = {
	.mmap = bar_mmap,
};
