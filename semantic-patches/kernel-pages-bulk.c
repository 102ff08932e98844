// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;
	unsigned long nr = vma_pages(vma);

	if (nr > foo->nr_pages)
		return -EINVAL;
	return vm_insert_pages(vma, vma->vm_start, foo->pages, &nr);
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
