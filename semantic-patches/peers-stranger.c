// SPDX-License-Identifier: GPL-2.0-only
// handler: bar_mmap  exit: 3  peers: foo_mmap:foo_mmap_prepare
static int bar_mmap(struct file *file, struct vm_area_struct *vma)
{
	return vma->vm_pgoff ? -EINVAL : 0;
}

static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	return bar_mmap(file, vma);
}

static const struct file_operations bar_fops = {
	.mmap = bar_mmap,
};
