// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;
	unsigned long i;
	int ret;

	if (vma_pages(vma) != foo->nr_pages)
		return -EINVAL;

	for (i = 0; i < foo->nr_pages; i++) {
		ret = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, foo->pages[i]);
		if (ret)
			return ret;
	}
	return ret;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
