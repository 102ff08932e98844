// SPDX-License-Identifier: GPL-2.0-only
/* Written by René, in Latin-1: this comment is not UTF-8. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>

/*
 * An error that says why: without a handler it would be -ENODEV too, but nobody would know.
 * Two tables of the array share it.
 */
// expect: class=reject verdict=auto patterns=reject state= outcome=converted
static int demo_none_mmap(struct file *file, struct vm_area_struct *vma)
{
	pr_debug("demo-none: mapping refused, file %p\n", file);
	return -ENODEV;
}

static const struct file_operations demo_none_fops[] = {
	[0] = { },
	[1] = {
		.owner = THIS_MODULE,
		.mmap = demo_none_mmap,
	},
	[2] = {
		.owner  = THIS_MODULE,
		.llseek = noop_llseek,
		.mmap   = demo_none_mmap,
	},
};

static int demo_none_init(void)
{
	int ret = register_chrdev(244, "demo-none", &demo_none_fops[1]);

	return ret ?: register_chrdev(245, "demo-none-seek", &demo_none_fops[2]);
}
module_init(demo_none_init)
MODULE_LICENSE("GPL");
