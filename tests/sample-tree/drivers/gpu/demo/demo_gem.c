// SPDX-License-Identifier: GPL-2.0-only
/* What all drivers of graphics buffers share. */
#include <drm/demo_gem.h>
#include <linux/mm.h>

int demo_gem_open(struct inode *inode, struct file *file)
{
	file->private_data = inode->i_private;
	return 0;
}
EXPORT_SYMBOL(demo_gem_open);

int demo_gem_release(struct inode *inode, struct file *file)
{
	file->private_data = NULL;
	return 0;
}
EXPORT_SYMBOL(demo_gem_release);

// expect: class=delegate verdict=core patterns=delegate state= outcome=core
int demo_gem_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct demo_gem_object *obj = filp->private_data;

	if (obj->size < vma->vm_end - vma->vm_start)
		return -EINVAL;

	vm_flags_set(vma, VM_IO | VM_DONTEXPAND | VM_DONTDUMP);
	return obj->funcs->mmap(obj, vma);
}
EXPORT_SYMBOL(demo_gem_mmap);
MODULE_LICENSE("GPL");
