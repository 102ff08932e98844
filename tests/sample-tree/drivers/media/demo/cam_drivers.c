// SPDX-License-Identifier: GPL-2.0-only
/* Drivers of cameras, each with its own way to fill in its table. */
#include <linux/mm.h>
#include <media/demo_cam.h>

static const struct demo_cam_file_operations demo_stream_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_queue_fop_mmap,
};

static const struct demo_cam_file_operations demo_still_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_cam_no_mmap,
};

/* Installed in a file_operations too: one handler, of tier 1, with both places. */
// expect: tier=1 interface=file_operations.mmap instances=demo_cam_file_operations.mmap,file_operations.mmap reached_from=drivers/media/demo/cam_core.c:demo_cam_mmap class=remap verdict=assisted patterns=ioremap state= outcome=assisted
static int demo_raw_mmap(struct file *file, struct vm_area_struct *vma)
{
	phys_addr_t *base = file->private_data;

	return vm_iomap_memory(vma, *base, SZ_64K);
}

static const struct file_operations demo_raw_fops = {
	.mmap = demo_raw_mmap,
};

// expect: handler=demo_odd_mmap tier=2 interface=demo_cam_file_operations.mmap reached_from=drivers/media/demo/cam_core.c:demo_cam_mmap class=reject verdict=auto patterns=reject state= how=macro:DEFINE_DEMO_ODD outcome=core
static int __attribute__((cold, unused)) (demo_odd_mmap)(struct file *file, struct vm_area_struct *vma)
{
	return -EPERM;
}

/* A configuration that nobody reads: the text knows where it is installed, the compiler does not. */
#ifdef CONFIG_DEMO_ODD
#define DEFINE_DEMO_ODD(name) \
	static const struct demo_cam_file_operations name = { .mmap = demo_odd_mmap }
DEFINE_DEMO_ODD(demo_odd_fops);
DEFINE_DEMO_ODD(demo_even_fops);
#endif

/* An example that no build includes: its function is nowhere. */
#ifdef CONFIG_DEMO_EXAMPLE
// expect: handler=demo_example_mmap tier=2 class=unknown verdict=none outcome=none
static const struct demo_cam_file_operations demo_example_fops = {
	.mmap	= demo_example_mmap,
};
#endif

/* trap: never installed, and demo_cam_file_operations has no such field */
static int demo_not_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -EINVAL;
}

struct demo_wide_ops {
	int (*mmap)(unsigned long start);
};

static int demo_wide_mmap(unsigned long start)
{
	return demo_not_mmap((struct file *)start, NULL);
}

static const struct demo_wide_ops demo_wide_ops = {
	.mmap = demo_wide_mmap,		/* trap: no vma */
};

static struct demo_cam_file_operations demo_probe_fops;
static struct demo_cam demo_cams[4] = {
	{ .fops = &demo_stream_fops }, { .fops = &demo_still_fops }, { .fops = &demo_probe_fops },
};

static int demo_cam_drivers_init(void)
{
	int ret = register_chrdev(82, "demo-raw", &demo_raw_fops);
	unsigned int i;

	demo_probe_fops.mmap = demo_raw_mmap;
	for (i = 0; !ret && i < ARRAY_SIZE(demo_cams); i++)
		ret = demo_wide_ops.mmap(i) ?: demo_cam_register(&demo_cams[i]);
	return ret;
}
module_init(demo_cam_drivers_init)
MODULE_LICENSE("GPL");
