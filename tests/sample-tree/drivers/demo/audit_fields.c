// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that break a rule, each beside one that keeps it: when a hook writes what, and what it asks for
 * (R7, R8, R11, R13, R15).
 * `expect-audit` names what is to be found in the next line that is no comment.
 */
#include "audit.h"

static struct demo_unit demo_shared_unit;

/* R7: the action has the old protection; written before, it has the new one. */
static int demo_late_prot_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	mmap_action_remap_full(desc, unit->pfn);
	// expect-audit: R7 late-protection certain
	desc->page_prot = pgprot_noncached(desc->page_prot);
	return 0;
}

static int demo_early_prot_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	desc->page_prot = pgprot_noncached(desc->page_prot);
	mmap_action_remap_full(desc, unit->pfn);
	return 0;
}

/* R8: pgoff says which window, and the action adds it to the address. */
static int demo_cookie_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	if (desc->pgoff >= NR_WINDOWS)
		return -EINVAL;
	// expect-audit: R8 cookie-pgoff certain
	mmap_action_simple_ioremap(desc, unit->windows[desc->pgoff].base, unit->windows[desc->pgoff].size);
	return 0;
}

/* An offset into the one window is what the action is for; so is none. */
static int demo_offset_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	if (desc->pgoff > unit->size / PAGE_SIZE)
		return -EINVAL;
	mmap_action_simple_ioremap(desc, unit->windows[0].base, unit->size);
	return 0;
}

/* R11: the second action replaces the first. */
static int demo_two_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	mmap_action_remap(desc, desc->start, unit->pfn, PAGE_SIZE);
	// expect-audit: R11 second-action certain
	mmap_action_remap(desc, desc->start + PAGE_SIZE, unit->pfn + 8, PAGE_SIZE);
	return 0;
}

/* One of two is one. */
static int demo_either_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	if (unit->gone)
		mmap_action_remap_full(desc, demo_shared_unit.pfn);
	else
		mmap_action_remap_full(desc, unit->pfn);
	return 0;
}

/* R13: a shared mapping becomes anonymous; of a private one, that can be meant. */
static int demo_null_mmap_prepare(struct vm_area_desc *desc)
{
	// expect-audit: R13 vm-ops-null likely
	desc->vm_ops = NULL;
	return 0;
}

static int demo_zero_mmap_prepare(struct vm_area_desc *desc)
{
	if (vma_desc_test(desc, VMA_MAYSHARE_BIT))
		return -EINVAL;
	desc->vm_ops = NULL;
	return 0;
}

/* R15: where the mapping ends is not the hook's to say; where in the object it begins is. */
static int demo_shorter_mmap_prepare(struct vm_area_desc *desc)
{
	// expect-audit: R15 read-only-field certain
	desc->end = desc->start + PAGE_SIZE;
	return 0;
}

static int demo_moved_mmap_prepare(struct vm_area_desc *desc)
{
	desc->pgoff += 4;
	return 0;
}

static const struct file_operations demo_fields_fops[] = {
	{ .owner = THIS_MODULE, .mmap_prepare = demo_late_prot_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_early_prot_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_cookie_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_offset_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_two_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_either_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_null_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_zero_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_shorter_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_moved_mmap_prepare, },
};

static int demo_audit_fields_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(demo_fields_fops) / sizeof(*demo_fields_fops); i++)
		if (register_chrdev(259 + i, "audit-fields", &demo_fields_fops[i]))
			return -ENODEV;
	return 0;
}
module_init(demo_audit_fields_init)
MODULE_LICENSE("GPL");
