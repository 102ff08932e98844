// SPDX-License-Identifier: GPL-2.0-only
/* Callbacks of another file's field, given to a function, and in a table that names no field. */
#include <linux/mm.h>
#include <media/demo_cam.h>

// expect: tier=2 interface=demo_meta_ops.meta_mmap reached_from=drivers/media/demo/cam_meta.c:demo_meta_file_mmap how=argument class=reject verdict=assisted patterns=reject state= outcome=assisted
static int demo_late_map(struct vm_area_struct *vma)
{
	return -EACCES;
}

// expect: tier=2 interface=demo_meta_ops.meta_mmap reached_from=drivers/media/demo/cam_meta.c:demo_meta_file_mmap how=positional class=flags verdict=assisted patterns=flags state= flags_set=VM_DONTCOPY outcome=assisted
static int demo_bare_map(struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

static const struct demo_meta_ops demo_bare_ops = { demo_bare_map };

static int demo_late_init(void)
{
	demo_meta_install(demo_late_map, false);
	demo_meta_install(NULL, false);		/* trap: takes it back */
	demo_meta_ops = &demo_bare_ops;
	return 0;
}
module_init(demo_late_init)
MODULE_LICENSE("GPL");
