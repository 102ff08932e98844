/* SPDX-License-Identifier: GPL-2.0-only */
/* Graphics buffers: drivers take their file operations from here. */
#ifndef __DRM_DEMO_GEM_H
#define __DRM_DEMO_GEM_H

#include <linux/fs.h>
#include <linux/module.h>

struct vm_area_struct;
struct demo_gem_object;

// expect-field: demo_gem_object_funcs.mmap role=tier-2 handlers=1 reached_from=1
struct demo_gem_object_funcs {
	void (*free)(struct demo_gem_object *obj);
	int (*mmap)(struct demo_gem_object *obj, struct vm_area_struct *vma);
};

struct demo_gem_object {
	const struct demo_gem_object_funcs *funcs;
	struct file *filp;
	unsigned long pfn;
	unsigned long size;		/* bytes */
};

int demo_gem_open(struct inode *inode, struct file *file);
int demo_gem_release(struct inode *inode, struct file *file);
int demo_gem_mmap(struct file *filp, struct vm_area_struct *vma);

/* The fields that every table needs. */
#define DEMO_GEM_FOPS \
	.open		= demo_gem_open, \
	.release	= demo_gem_release, \
	.llseek		= noop_llseek, \
	.mmap		= demo_gem_mmap

/* A whole table. */
#define DEFINE_DEMO_GEM_FOPS(name) \
	static const struct file_operations name = { \
		.owner	= THIS_MODULE, \
		DEMO_GEM_FOPS, \
	}

#endif
