// SPDX-License-Identifier: GPL-2.0-only
/* The character device of all cameras. */
#include <linux/mm.h>
#include <media/demo_cam.h>

static int demo_cam_open(struct inode *inode, struct file *file)
{
	struct demo_cam *cam = inode->i_private;

	file->private_data = cam;
	return cam->fops->open ? cam->fops->open(cam) : 0;
}

// expect: tier=1 class=delegate verdict=core patterns=delegate state= needs=demo_cam_file_operations.mmap_prepare outcome=core
static int demo_cam_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_cam *cam = file->private_data;

	if (!cam->fops->mmap)
		return -ENODEV;
	return cam->fops->mmap(file, vma);
}

static const struct file_operations demo_cam_fops = {
	.owner	= THIS_MODULE,
	.open	= demo_cam_open,
	.mmap	= demo_cam_mmap,
};

int demo_cam_register(struct demo_cam *cam)
{
	return register_chrdev(81, cam->fops ? "demo-cam" : "demo-cam-raw", &demo_cam_fops);
}
EXPORT_SYMBOL_GPL(demo_cam_register);
MODULE_LICENSE("GPL");
