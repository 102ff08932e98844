/* SPDX-License-Identifier: GPL-2.0-only */
/* Cameras: the core dispatches to the driver, whose queue dispatches to an allocator. */
#ifndef __MEDIA_DEMO_CAM_H
#define __MEDIA_DEMO_CAM_H

#include <linux/fs.h>
#include <linux/module.h>

struct demo_cam;
struct demo_queue;
struct vm_area_struct;

// expect-field: demo_cam_file_operations.mmap role=tier-2 handlers=5 reached_from=1
struct demo_cam_file_operations {
	struct module *owner;
	int (*open)(struct demo_cam *cam);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
};

/* The type of a callback can have a name. */
typedef int (*demo_mem_mmap_fn)(void *buf, struct vm_area_struct *vma);

// expect-field: demo_mem_ops.mmap role=tier-2 handlers=2 reached_from=1
struct demo_mem_ops {
	void *(*alloc)(struct demo_queue *queue, unsigned long size);
	demo_mem_mmap_fn mmap;
};

struct demo_queue {
	const struct demo_mem_ops *mem_ops;
	unsigned int nr_bufs;
	void *bufs[8];
};

struct demo_cam {
	const struct demo_cam_file_operations *fops;
	struct demo_queue queue;
};

/* What allocators share; kept in one struct, one level down. */
struct demo_allocator {
	const char *name;
	struct demo_mem_ops ops;
};

// expect-field: demo_meta_ops.meta_mmap role=tier-2 handlers=3 reached_from=1
struct demo_meta_ops {
	int (*meta_mmap)(struct vm_area_struct *vma);
};

extern const struct demo_meta_ops *demo_meta_ops;
void demo_meta_install(int (*meta_mmap)(struct vm_area_struct *vma), bool now);

/* Which way is taken is pasted together: the text of the caller does not name the function. */
#define DEMO_META(way)	demo_meta_ ## way
int demo_meta_slow(struct vm_area_struct *vma);

extern const struct demo_mem_ops demo_contig_mem_ops;
extern const struct demo_allocator demo_paged_allocator;

int demo_queue_mmap(struct demo_queue *queue, struct vm_area_struct *vma);
int demo_queue_fop_mmap(struct file *file, struct vm_area_struct *vma);
int demo_cam_register(struct demo_cam *cam);

/* A default that lives in a header. */
// expect: tier=2 interface=demo_cam_file_operations.mmap reached_from=drivers/media/demo/cam_core.c:demo_cam_mmap class=reject verdict=auto patterns=reject state= outcome=core
static inline int demo_cam_no_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -ENODEV;
}

#endif
