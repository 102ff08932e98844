// SPDX-License-Identifier: GPL-2.0-only
/* A handler that gets to a callback with a vma which is none of mmap: rmap's. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/rmap.h>

static struct page *demo_walk_page;

// expect: class=flags verdict=core patterns=flags state= outcome=core
static int demo_walk_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (demo_mappings(demo_walk_page, vma) > 1)
		return -EBUSY;
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

static const struct file_operations demo_walk_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_walk_mmap,
};

static int demo_walk_init(void)
{
	demo_walk_page = pfn_to_page(16);
	return register_chrdev(83, "demo-walk", &demo_walk_fops);
}
module_init(demo_walk_init)
MODULE_LICENSE("GPL");
