// SPDX-License-Identifier: GPL-2.0-only
/* The tables of shared.c. */
#include <linux/fs.h>
#include <linux/module.h>

#include "demo.h"

const struct file_operations demo_shared_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_shared_mmap,
};

const struct file_operations demo_shared_seek_fops = {
	.owner		= THIS_MODULE,
	.llseek		= noop_llseek,
	.mmap		= demo_shared_mmap,
};
