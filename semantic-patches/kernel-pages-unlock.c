// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;
	int ret;

	mutex_lock(&foo->lock);
	ret = vm_map_pages(vma, foo->pages, foo->nr_pages);
	mutex_unlock(&foo->lock);
	return ret;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
