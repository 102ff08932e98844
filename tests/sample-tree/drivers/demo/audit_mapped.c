// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that break a rule, each beside one that keeps it: what mapped and close do, whether they run, and
 * what holds the pages until then (R2, R3, R4, R13).
 * `expect-audit` names what is to be found in the next line that is no comment.
 */
#include "audit.h"

static struct demo_unit demo_shared_unit;

/* R2: `gone` can change between the hook and mapped. */
static int demo_late_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			    void **vm_private_data)
{
	struct demo_unit *unit = file->private_data;

	kref_get(&unit->ref);
	*vm_private_data = unit;
	return 0;
}

static void demo_late_open(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_private_data;

	kref_get(&unit->ref);
}

static void demo_late_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_private_data;

	if (unit)
		kref_put(&unit->ref, demo_unit_release);
}

static const struct vm_operations_struct demo_late_vm_ops = {
	.mapped = demo_late_mapped, .open = demo_late_open, .close = demo_late_close,
};

static int demo_late_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;
	bool gone;

	mutex_lock(&unit->lock);
	gone = unit->gone;
	mutex_unlock(&unit->lock);
	// expect-audit: R2 unrepeated-check look
	if (gone)
		return -ENODEV;
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_late_vm_ops;
	return 0;
}

/* The same with a second look. */
static int demo_again_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			     void **vm_private_data)
{
	struct demo_unit *unit = file->private_data;
	int ret = 0;

	mutex_lock(&unit->lock);
	if (unit->gone)
		ret = -ENODEV;
	else
		kref_get(&unit->ref);
	mutex_unlock(&unit->lock);
	if (!ret)
		*vm_private_data = unit;
	return ret;
}

static const struct vm_operations_struct demo_again_vm_ops = {
	.mapped = demo_again_mapped, .open = demo_late_open, .close = demo_late_close,
};

static int demo_again_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;
	bool gone;

	mutex_lock(&unit->lock);
	gone = unit->gone;
	mutex_unlock(&unit->lock);
	if (gone)
		return -ENODEV;
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_again_vm_ops;
	return 0;
}

/* R3: close gives back what mapped takes, and the action can fail before that. */
static int demo_held_unit_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
				 void **vm_private_data)
{
	struct demo_unit *unit = file->private_data;

	kref_get(&unit->ref);
	return 0;
}

static void demo_held_unit_open(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	kref_get(&unit->ref);
}

static void demo_held_unit_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	// expect-audit: R3 close-without-mapped certain
	kref_put(&unit->ref, demo_unit_release);
}

static const struct vm_operations_struct demo_held_unit_vm_ops = {
	.mapped = demo_held_unit_mapped, .open = demo_held_unit_open, .close = demo_held_unit_close,
};

static int demo_held_unit_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	desc->vm_ops = &demo_held_unit_vm_ops;
	mmap_action_remap_full(desc, unit->pfn);
	return 0;
}

/* The same table without an action: nothing can fail before mapped. */
static int demo_no_action_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_held_unit_vm_ops;
	return 0;
}

/* R3: mapped fails, and close follows what only it sets. */
static int demo_own_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			   void **vm_private_data)
{
	struct demo_unit *unit = kzalloc(sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return -ENOMEM;
	*vm_private_data = unit;
	return 0;
}

static void demo_own_open(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_private_data;

	kref_get(&unit->ref);
}

static void demo_own_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_private_data;

	// expect-audit: R3 close-without-mapped certain
	kref_put(&unit->ref, demo_unit_release);
}

static const struct vm_operations_struct demo_own_vm_ops = {
	.mapped = demo_own_mapped, .open = demo_own_open, .close = demo_own_close,
};

static int demo_own_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_own_vm_ops;
	return 0;
}

/* With a close that looks first. */
static const struct vm_operations_struct demo_own_safe_vm_ops = {
	.mapped = demo_own_mapped, .open = demo_own_open, .close = demo_late_close,
};

static int demo_own_safe_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_own_safe_vm_ops;
	return 0;
}

/* R4: the object is nobody's that the open file holds. */
static int demo_live_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			    void **vm_private_data)
{
	// expect-audit: R4 live-before-reference look
	kref_get(&demo_shared_unit.ref);
	*vm_private_data = &demo_shared_unit;
	return 0;
}

static const struct vm_operations_struct demo_live_vm_ops = {
	.mapped = demo_live_mapped, .open = demo_late_open, .close = demo_late_close,
};

static int demo_live_mmap_prepare(struct vm_area_desc *desc)
{
	desc->vm_ops = &demo_live_vm_ops;
	mmap_action_remap_full(desc, demo_shared_unit.pfn);
	return 0;
}

/* What the open file holds is there before and after. */
static int demo_pinned_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	desc->vm_ops = &demo_late_vm_ops;
	mmap_action_remap_full(desc, unit->pfn);
	return 0;
}

/* R13: the table is replaced by one without its close. */
static int demo_lost_mmap_prepare(struct vm_area_desc *desc)
{
	desc->vm_ops = &demo_held_unit_vm_ops;
	// expect-audit: R13 vm-ops-lost certain
	return generic_file_mmap_prepare(desc);
}

/* The other way round the driver's own stays. */
static int demo_kept_mmap_prepare(struct vm_area_desc *desc)
{
	int ret = generic_file_mmap_prepare(desc);

	if (!ret)
		desc->vm_ops = &demo_held_unit_vm_ops;
	return ret;
}

/* The action is asked for in another file: it is not seen in the hook, and fails all the same. */
int demo_window_twice_prepare(struct vm_area_desc *desc, phys_addr_t base, unsigned long size);
int demo_window_once_prepare(struct vm_area_desc *desc, phys_addr_t base, unsigned long size);

static void demo_elsewhere_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_private_data;

	// expect-audit: R3 close-without-mapped certain
	kref_put(&unit->ref, demo_unit_release);
}

static const struct vm_operations_struct demo_elsewhere_vm_ops = {
	.mapped = demo_late_mapped, .open = demo_late_open, .close = demo_elsewhere_close,
};

static int demo_elsewhere_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;
	int ret = demo_window_twice_prepare(desc, unit->windows[0].base, unit->size);

	if (!ret)
		desc->vm_ops = &demo_elsewhere_vm_ops;
	return ret;
}

static int demo_nearby_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;
	int ret = demo_window_once_prepare(desc, unit->windows[0].base, unit->size);

	if (!ret)
		desc->vm_ops = &demo_late_vm_ops;
	return ret;
}

static const struct file_operations demo_mapped_fops[] = {
	{ .owner = THIS_MODULE, .mmap_prepare = demo_late_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_again_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_held_unit_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_no_action_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_own_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_own_safe_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_live_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_pinned_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_lost_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_kept_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_elsewhere_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_nearby_mmap_prepare, },
};

static int demo_audit_mapped_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(demo_mapped_fops) / sizeof(*demo_mapped_fops); i++)
		if (register_chrdev(249 + i, "audit-mapped", &demo_mapped_fops[i]))
			return -ENODEV;
	return 0;
}
module_init(demo_audit_mapped_init)
MODULE_LICENSE("GPL");
