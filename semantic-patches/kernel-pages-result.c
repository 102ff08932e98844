// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;
	int ret;

	ret = vm_map_pages(vma, foo->pages, foo->nr_pages);
	if (ret)
		return ret;
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
