// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that hand the mapping on: to a callback, to a subsystem, to another file. */
#include <linux/demo_sub.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>

struct demo_chip;

// expect-field: demo_chip_ops.mmap role=tier-2 handlers=1 reached_from=1
struct demo_chip_ops {
	int (*start)(struct demo_chip *chip);
	int (*mmap)(struct demo_chip *chip, struct vm_area_struct *vma);
};

struct demo_chip {
	const struct demo_chip_ops *ops;
	struct file *backing;
	unsigned long pfn;
};

// expect: tier=2 interface=demo_chip_ops.mmap reached_from=drivers/demo/dispatch.c:demo_ops_mmap class=remap verdict=auto patterns=remap state= needs=demo_chip_ops.mmap_prepare outcome=core
static int demo_chip_mmap(struct demo_chip *chip, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, chip->pfn, vma->vm_end - vma->vm_start,
			       vma->vm_page_prot);
}

static const struct demo_chip_ops demo_chip_ops = {
	.mmap = demo_chip_mmap,
};

static struct demo_chip demo_chip = { .ops = &demo_chip_ops };

static int demo_ops_open(struct inode *inode, struct file *file)
{
	file->private_data = &demo_chip;
	return 0;
}

// expect: class=delegate verdict=core patterns=delegate state= outcome=core
static int demo_ops_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_chip *chip = file->private_data;

	if (!chip->ops->mmap)
		return -ENODEV;
	return chip->ops->mmap(chip, vma);
}

// expect: class=delegate verdict=core patterns=delegate state= outcome=core
static int demo_queue_mmap(struct file *file, struct vm_area_struct *vma)
{
	return demo_sub_mmap(file->private_data, vma);
}

/* The pages are those of another file, which maps them itself (R18). */
// expect: class=stacked verdict=core patterns=replace_file,stacked state= outcome=core
static int demo_stacked_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_chip *chip = file->private_data;

	if (!can_mmap_file(chip->backing))
		return -ENODEV;
	vma_set_file(vma, chip->backing);
	return vfs_mmap(vma->vm_file, vma);
}

static vm_fault_t demo_backing_fault(struct vm_fault *vmf)
{
	vmf->page = pfn_to_page(demo_chip.pfn + vmf->pgoff);
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_backing_vm_ops = {
	.fault = demo_backing_fault,
};

/* Only the address space of the other file is wanted, its mmap is not called (R14). */
// expect: class=fault verdict=assisted patterns=fault,replace_file state= outcome=assisted
static int demo_backing_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_chip *chip = file->private_data;

	vma_set_file(vma, chip->backing);
	vma->vm_ops = &demo_backing_vm_ops;
	vm_flags_set(vma, VM_DONTEXPAND);
	return 0;
}

static const struct file_operations demo_dispatch_fops[] = {
	{ .open = demo_ops_open, .mmap = demo_ops_mmap },
	{ .open = demo_ops_open, .mmap = demo_queue_mmap },
	{ .open = demo_ops_open, .mmap = demo_stacked_mmap },
	{ .open = demo_ops_open, .mmap = demo_backing_mmap },
};

static int demo_dispatch_init(void)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(demo_dispatch_fops); i++)
		ret = register_chrdev(210 + i, "demo-dispatch", &demo_dispatch_fops[i]);
	return ret;
}
module_init(demo_dispatch_init)
MODULE_LICENSE("GPL");
