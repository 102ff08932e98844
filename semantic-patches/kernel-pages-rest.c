// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;
	unsigned long nr = foo->nr_pages;
	int ret;

	ret = vm_insert_pages(vma, vma->vm_start, foo->pages, &nr);
	if (ret)
		pr_debug("%lu pages left\n", nr);
	return ret;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
