// SPDX-License-Identifier: GPL-2.0-only
/* What a camera says of its pictures: a device of its own. */
#include <linux/mm.h>
#include <media/demo_cam.h>

// expect: tier=2 interface=demo_meta_ops.meta_mmap reached_from=drivers/media/demo/cam_meta.c:demo_meta_file_mmap class=flags verdict=auto patterns=flags state= flags_set=VM_DONTDUMP,VM_DONTEXPAND outcome=core
static int demo_meta_none(struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
	return 0;
}

static const struct demo_meta_ops demo_meta_none_ops = {
	.meta_mmap = demo_meta_none,
};

const struct demo_meta_ops *demo_meta_ops = &demo_meta_none_ops;

/* Who calls this says what is installed. */
static struct demo_meta_ops demo_meta_late_ops;

void demo_meta_install(int (*meta_mmap)(struct vm_area_struct *vma), bool now)
{
	demo_meta_late_ops.meta_mmap = meta_mmap;
	if (now)
		demo_meta_ops = &demo_meta_late_ops;
}
EXPORT_SYMBOL_GPL(demo_meta_install);

// expect: tier=1 class=flags verdict=core patterns= state= outcome=core
static int demo_meta_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	return DEMO_META(slow)(vma);
}

static const struct file_operations demo_meta_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_meta_file_mmap,
};

static int demo_meta_init(void)
{
	return register_chrdev(84, "demo-meta", &demo_meta_fops);
}
module_init(demo_meta_init)
MODULE_LICENSE("GPL");
