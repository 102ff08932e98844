// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;
	unsigned long i;

	if (vma_pages(vma) > foo->nr_pages)
		return -EINVAL;

	for (i = 0; i < vma_pages(vma); i++)
		if (vm_insert_page(vma, vma->vm_start + (i << PAGE_SHIFT), foo->pages[i]))
			return -EAGAIN;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
