// SPDX-License-Identifier: GPL-2.0-only
/* A library of handlers for the drivers of other folders. */
#include <linux/demo_share.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>

/* Drivers call it by name, or put it in their tables. */
// expect: class=remap verdict=auto patterns=remap state= outcome=converted
int demo_share_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_share *share = file->private_data;
	unsigned long size = vma->vm_end - vma->vm_start;

	if (vma->vm_pgoff || size > share->size)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, share->pfn, size, vma->vm_page_prot);
}
EXPORT_SYMBOL_GPL(demo_share_mmap);

/* Drivers only put it in their tables. */
// expect: class=flags verdict=auto patterns=flags state= outcome=converted
int demo_share_plain_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}
EXPORT_SYMBOL_GPL(demo_share_plain_mmap);

/* One driver hands it on, and nobody knows what for. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
int demo_share_given_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}
EXPORT_SYMBOL_GPL(demo_share_given_mmap);

/* A driver does more than to hand its mapping on: what stays is judged with what it calls. */
// expect: class=remap verdict=assisted patterns=remap state= outcome=assisted
int demo_share_more_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_share *share = file->private_data;

	return remap_pfn_range(vma, vma->vm_start, share->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}
EXPORT_SYMBOL_GPL(demo_share_more_mmap);

/* A kernel without the library has a stub of it, in the header. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
int demo_share_stub_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}
EXPORT_SYMBOL_GPL(demo_share_stub_mmap);

static const struct file_operations demo_share_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_share_mmap,
};

static const struct file_operations demo_share_given_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_share_given_mmap,
};

static const struct file_operations demo_share_more_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_share_more_mmap,
};

static const struct file_operations demo_share_stub_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_share_stub_mmap,
};

static int demo_share_init(void)
{
	int ret = register_chrdev(270, "demo-share", &demo_share_fops);

	ret = ret ?: register_chrdev(271, "demo-share-given", &demo_share_given_fops);
	ret = ret ?: register_chrdev(272, "demo-share-more", &demo_share_more_fops);
	return ret ?: register_chrdev(273, "demo-share-stub", &demo_share_stub_fops);
}
module_init(demo_share_init)
MODULE_LICENSE("GPL");
