/* SPDX-License-Identifier: GPL-2.0-only */
/* Frame buffers: tables made of macros. */
#ifndef __VIDEO_DEMO_FB_H
#define __VIDEO_DEMO_FB_H

#include <linux/fs.h>
#include <linux/module.h>

struct demo_fb;
struct vm_area_struct;

// expect-field: demo_fb_ops.fb_mmap role=tier-2 handlers=4 reached_from=1
// expect-field: demo_fb_ops.fb_debug role=not-reached handlers=1 reached_from=0
struct demo_fb_ops {
	struct module *owner;
	int (*fb_blank)(struct demo_fb *fb, int how);
	int (*fb_mmap)(struct demo_fb *fb, struct vm_area_struct *vma);
	/* Called from a file in debugfs, which is no mmap. */
	void (*fb_debug)(struct demo_fb *fb, struct vm_area_struct *vma);
};

struct demo_fb {
	const struct demo_fb_ops *ops;
	phys_addr_t base;
	unsigned long size;		/* bytes */
};

int demo_fb_io_mmap(struct demo_fb *fb, struct vm_area_struct *vma);
int demo_fb_io_blank(struct demo_fb *fb, int how);
int demo_fb_register(struct demo_fb *fb);

#define __DEMO_FB_DEFAULT_MMAP \
	.fb_mmap	= demo_fb_io_mmap

#define DEMO_FB_DEFAULT_OPS \
	.fb_blank	= demo_fb_io_blank, \
	__DEMO_FB_DEFAULT_MMAP

/* Names are pasted together. */
#define DEMO_FB_OPS(prefix) \
	.fb_blank	= prefix##_blank, \
	.fb_mmap	= prefix##_fb_mmap

#endif
