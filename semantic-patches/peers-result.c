// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  peers: bar_mmap:bar_mmap_prepare
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (bar_mmap(file, vma))
		return -EAGAIN;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
