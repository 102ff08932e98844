// SPDX-License-Identifier: GPL-2.0-only
/* The character device of all frame buffers. */
#include <linux/mm.h>
#include <video/demo_fb.h>

static struct demo_fb *demo_fbs[8];

/* A handler can be called like a field, and the callback is read into a local first. */
// expect: tier=1 class=delegate verdict=core patterns=delegate state= outcome=core
static int fb_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_fb *fb = file->private_data;
	int (*map)(struct demo_fb *, struct vm_area_struct *) = fb->ops->fb_mmap;

	if (!map)
		return -ENODEV;
	return map(fb, vma);
}

static int fb_open(struct inode *inode, struct file *file)
{
	file->private_data = inode->i_private;
	return 0;
}

static const struct file_operations demo_fb_fops = {
	.owner	= THIS_MODULE,
	.open	= fb_open,
	.mmap	= fb_mmap,
};

// expect: tier=2 interface=demo_fb_ops.fb_mmap reached_from=drivers/video/demo/fb_core.c:fb_mmap class=remap verdict=auto patterns=ioremap state= instances=demo_fb_ops.fb_mmap how=macro:DEMO_FB_DEFAULT_OPS,macro:__DEMO_FB_DEFAULT_MMAP outcome=core
int demo_fb_io_mmap(struct demo_fb *fb, struct vm_area_struct *vma)
{
	return vm_iomap_memory(vma, fb->base, fb->size);
}
EXPORT_SYMBOL_GPL(demo_fb_io_mmap);

int demo_fb_io_blank(struct demo_fb *fb, int how)
{
	return how > 4 ? -EINVAL : 0;
}
EXPORT_SYMBOL_GPL(demo_fb_io_blank);

/* Nobody's mmap: the vma is one that somebody else looks at. */
void demo_fb_dump(struct demo_fb *fb, struct vm_area_struct *vma);
void demo_fb_dump(struct demo_fb *fb, struct vm_area_struct *vma)
{
	if (fb->ops->fb_debug)
		fb->ops->fb_debug(fb, vma);
}

int demo_fb_register(struct demo_fb *fb)
{
	demo_fbs[0] = fb;
	return register_chrdev(29, "demo-fb", &demo_fb_fops);
}
EXPORT_SYMBOL_GPL(demo_fb_register);
MODULE_LICENSE("GPL");
