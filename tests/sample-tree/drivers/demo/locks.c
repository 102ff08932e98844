// SPDX-License-Identifier: GPL-2.0-only
/* Locks that are taken and dropped inside a handler. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mutex.h>

struct demo_lock_dev {
	struct mutex lock;
	bool dying;
	unsigned long nr_pages;
	struct page **pages;
	phys_addr_t phys;		/* fixed once the device is there */
};

static struct demo_lock_dev demo_lock_dev;

static vm_fault_t demo_lock_fault(struct vm_fault *vmf)
{
	struct demo_lock_dev *dev = vmf->vma->vm_private_data;

	guard(mutex)(&dev->lock);
	if (dev->dying || vmf->pgoff >= dev->nr_pages)
		return VM_FAULT_SIGBUS;
	vmf->page = dev->pages[vmf->pgoff];
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_lock_vm_ops = {
	.fault = demo_lock_fault,
};

// expect: class=fault verdict=auto patterns=fault state= outcome=converted
static int demo_lock_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_lock_dev *dev = &demo_lock_dev;
	int ret;

	ret = mutex_lock_interruptible(&dev->lock);
	if (ret)
		return ret;

	if (dev->dying) {
		ret = -ENODEV;
		goto out;
	}
	if (vma->vm_pgoff + vma_pages(vma) > dev->nr_pages) {
		ret = -EINVAL;
		goto out;
	}

	vma->vm_private_data = dev;
	vma->vm_ops = &demo_lock_vm_ops;
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
out:
	mutex_unlock(&dev->lock);
	return ret;
}

// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_scoped_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_lock_dev *dev = &demo_lock_dev;

	/* A device on its way out is not mapped again. */
	scoped_guard(mutex, &dev->lock) {
		if (dev->dying)
			return -ENODEV;
	}

	return vm_iomap_memory(vma, dev->phys, PAGE_SIZE);
}

static const struct file_operations demo_lock_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_lock_mmap,
};

static const struct file_operations demo_scoped_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_scoped_mmap,
};

static struct miscdevice demo_lock_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-lock",
	.fops = &demo_lock_fops,
};

static struct miscdevice demo_scoped_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-scoped",
	.fops = &demo_scoped_fops,
};

module_misc_device(demo_lock_misc)
module_misc_device(demo_scoped_misc)
MODULE_LICENSE("GPL");
