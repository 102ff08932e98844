// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that break a rule, each beside one that keeps it: what a fault handler reads of a mapping that merges (R21).
 * `expect-audit` names what is to be found in the next line that is no comment.
 */
#include "audit.h"

/* R21: the object hangs on vm_pgoff, and mappings of neighbouring objects merge. */
static vm_fault_t demo_pick_fault(struct vm_fault *vmf)
{
	struct demo_unit *unit = vmf->vma->vm_private_data;

	// expect-audit: R21 fault-pgoff likely
	if (vmf->vma->vm_pgoff >= NR_WINDOWS)
		return VM_FAULT_SIGBUS;
	vmf->page = unit->windows[vmf->vma->vm_pgoff].page;
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_pick_vm_ops = { .fault = demo_pick_fault };

static int demo_pick_mmap_prepare(struct vm_area_desc *desc)
{
	desc->private_data = desc->file->private_data;
	desc->vm_ops = &demo_pick_vm_ops;
	return 0;
}

/* The page's own offset does not change with the vma. */
static vm_fault_t demo_page_fault(struct vm_fault *vmf)
{
	struct demo_unit *unit = vmf->vma->vm_private_data;

	if (vmf->pgoff >= NR_WINDOWS)
		return VM_FAULT_SIGBUS;
	vmf->page = unit->windows[vmf->pgoff].page;
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_page_vm_ops = { .fault = demo_page_fault };

static int demo_page_mmap_prepare(struct vm_area_desc *desc)
{
	desc->private_data = desc->file->private_data;
	desc->vm_ops = &demo_page_vm_ops;
	return 0;
}

/* Nor does anything, if nothing merges. */
static vm_fault_t demo_apart_fault(struct vm_fault *vmf)
{
	struct demo_unit *unit = vmf->vma->vm_private_data;

	if (vmf->vma->vm_pgoff >= NR_WINDOWS)
		return VM_FAULT_SIGBUS;
	vmf->page = unit->windows[vmf->vma->vm_pgoff].page;
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_apart_vm_ops = { .fault = demo_apart_fault };

static int demo_apart_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->private_data = desc->file->private_data;
	desc->vm_ops = &demo_apart_vm_ops;
	return 0;
}

/* R21: the data are the request's; a merged mapping has its neighbour's. */
static vm_fault_t demo_data_fault(struct vm_fault *vmf)
{
	struct demo_window *window = vmf->vma->vm_private_data;

	// expect-audit: R21 fault-data likely
	vmf->page = window->page;
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_data_vm_ops = { .fault = demo_data_fault };

static int demo_data_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	if (desc->pgoff >= NR_WINDOWS)
		return -EINVAL;
	desc->private_data = &unit->windows[desc->pgoff];
	desc->vm_ops = &demo_data_vm_ops;
	return 0;
}

static const struct file_operations demo_fault_fops[] = {
	{ .owner = THIS_MODULE, .mmap_prepare = demo_pick_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_page_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_apart_mmap_prepare, },
	{ .owner = THIS_MODULE, .mmap_prepare = demo_data_mmap_prepare, },
};

static int demo_audit_fault_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(demo_fault_fops) / sizeof(*demo_fault_fops); i++)
		if (register_chrdev(269 + i, "audit-fault", &demo_fault_fops[i]))
			return -ENODEV;
	return 0;
}
module_init(demo_audit_fault_init)
MODULE_LICENSE("GPL");
