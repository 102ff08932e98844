// SPDX-License-Identifier: GPL-2.0-only
/* Functions of the same file that get the vma: they move with the handler, or keep it from moving. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct demo_part {
	unsigned long pfn;
	unsigned long size;
	unsigned long flags;
	unsigned int users;
	spinlock_t lock;
};

static int demo_part_check(const struct demo_part *part,
			   struct vm_area_struct *vma, unsigned long limit);

static int demo_part_map(struct demo_part *part, struct vm_area_struct *area)
{
	int ret = demo_part_check(part, area, part->size);

	if (ret)
		return ret;
	area->vm_page_prot = pgprot_noncached(area->vm_page_prot);
	return remap_pfn_range(area, area->vm_start, part->pfn,
			       area->vm_end - area->vm_start, area->vm_page_prot);
}

/* Nobody else uses the two helpers, one of which is declared ahead: they take the descriptor as well. */
// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_part_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_part *part = file->private_data;

	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	return demo_part_map(part, vma);
}

/* @limit: bytes */
static int demo_part_check(const struct demo_part *part,
			   struct vm_area_struct *vma, unsigned long limit)
{
	if (vma->vm_pgoff || vma->vm_end - vma->vm_start > limit)
		return -EINVAL;
	return 0;
}

static int demo_whole_check(struct vm_area_struct *vma)
{
	return vma->vm_pgoff ? -EINVAL : 0;
}

/* Two handlers share a helper: they take it along together. */
// expect: class=flags verdict=auto patterns=flags state= outcome=converted
static int demo_first_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return demo_whole_check(vma);
}

// expect: class=flags verdict=auto patterns=flags state= outcome=converted
static int demo_second_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTDUMP);
	return demo_whole_check(vma);
}

static int demo_ranged_check(struct vm_area_struct *vma)
{
	return vma->vm_pgoff ? -EINVAL : 0;
}

#ifdef CONFIG_DEMO_NOWHERE
int demo_ranged_probe(struct vm_area_struct *vma)
{
	return demo_ranged_check(vma);
}
#endif

/* Used once more, in a configuration that is not compiled here. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_ranged_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return demo_ranged_check(vma);
}

static vm_fault_t demo_part_fault(struct vm_fault *vmf)
{
	struct demo_part *part = vmf->vma->vm_private_data;

	return vmf_insert_pfn(vmf->vma, vmf->address, part->pfn);
}

static void demo_users_open(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	spin_lock(&part->lock);
	part->users++;
	spin_unlock(&part->lock);
}

static void demo_users_close(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	spin_lock(&part->lock);
	part->users--;
	spin_unlock(&part->lock);
}

static const struct vm_operations_struct demo_users_vm_ops = {
	.fault	= demo_part_fault,
	.open	= demo_users_open,
	.close	= demo_users_close,
};

/* What open did by hand is for mapped; a merge cannot skip it (R5, R6). */
// expect: class=stateful verdict=auto patterns=fault state=count,open outcome=converted
static int demo_users_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;

	vm_flags_mod(vma, VM_DONTEXPAND, VM_MAYWRITE);
	vma->vm_private_data = file->private_data;
	vma->vm_ops = &demo_users_vm_ops;
	vma->vm_ops->open(vma);
	return 0;
}

static void demo_merged_open(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	part->users++;
}

static const struct vm_operations_struct demo_merged_vm_ops = {
	.fault	= demo_part_fault,
	.open	= demo_merged_open,
};

/* Nothing keeps the mappings apart: mapped would not run for one that merges (R6). */
// expect: class=stateful verdict=assisted patterns=fault state=count,open outcome=assisted
static int demo_merged_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_private_data = file->private_data;
	vma->vm_ops = &demo_merged_vm_ops;
	demo_merged_open(vma);
	return 0;
}

static void demo_cleared_open(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	part->users++;
}

static const struct vm_operations_struct demo_cleared_vm_ops = {
	.fault	= demo_part_fault,
	.open	= demo_cleared_open,
};

/* What kept the mappings apart is taken away again, for some (R6). */
// expect: class=stateful verdict=assisted patterns=fault state=count,open outcome=assisted
static int demo_cleared_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
	if (vma->vm_pgoff)
		vm_flags_clear(vma, VM_DONTEXPAND);
	vma->vm_private_data = file->private_data;
	vma->vm_ops = &demo_cleared_vm_ops;
	demo_cleared_open(vma);
	return 0;
}

static void demo_single_open(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	part->users++;
}

static const struct vm_operations_struct demo_single_vm_ops = {
	.fault	= demo_part_fault,
	.open	= demo_single_open,
};

/* The hook would check what mapped changes: two could pass (R2). */
// expect: class=stateful verdict=assisted patterns=fault state=count,open outcome=assisted
static int demo_single_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_part *part = file->private_data;

	if (part->users)
		return -EBUSY;
	vm_flags_set(vma, VM_DONTEXPAND);
	vma->vm_private_data = part;
	vma->vm_ops = &demo_single_vm_ops;
	demo_single_open(vma);
	return 0;
}

static void demo_paired_open(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	part->users++;
}

static const struct vm_operations_struct demo_paired_vm_ops = {
	.open	= demo_paired_open,
	.close	= demo_users_close,
};

/* The action can fail, and close would run without mapped (R3). */
// expect: class=stateful verdict=assisted patterns=remap state=count,open outcome=assisted
static int demo_paired_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_part *part = file->private_data;
	int ret;

	if (vma->vm_end - vma->vm_start > part->size)
		return -EINVAL;
	ret = remap_pfn_range(vma, vma->vm_start, part->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (ret)
		return ret;
	vma->vm_private_data = part;
	vma->vm_ops = &demo_paired_vm_ops;
	demo_paired_open(vma);
	return 0;
}

static void demo_latched_open(struct vm_area_struct *vma)
{
	struct demo_part *part = vma->vm_private_data;

	part->users++;
}

static const struct vm_operations_struct demo_latched_vm_ops = {
	.fault	= demo_part_fault,
	.open	= demo_latched_open,
};

/* More is left behind than open does. */
// expect: class=stateful verdict=assisted patterns=fault state=count,latch,open outcome=assisted
static int demo_latched_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_part *part = file->private_data;

	part->flags = vma->vm_flags;
	vm_flags_set(vma, VM_DONTEXPAND);
	vma->vm_private_data = part;
	vma->vm_ops = &demo_latched_vm_ops;
	demo_latched_open(vma);
	return 0;
}

static const struct file_operations demo_companions_fops[] = {
	{ .owner = THIS_MODULE, .mmap = demo_part_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_first_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_second_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_ranged_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_users_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_merged_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_cleared_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_single_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_paired_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_latched_mmap, },
};

static int demo_companions_init(void)
{
	return register_chrdev(262, "demo-companions", &demo_companions_fops[0]);
}
module_init(demo_companions_init)
