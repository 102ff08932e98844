// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that break a rule, each beside one that keeps it: what a hook leaves behind, what merges and splits
 * do to counts (R1, R6).
 * `expect-audit` names what is to be found in the next line that is no comment.
 */
#include "audit.h"

#define DEMO_FOPS(name)						\
static const struct file_operations name##_fops = {		\
	.owner		= THIS_MODULE,				\
	.mmap_prepare	= name##_mmap_prepare,			\
}

/* R1: a hook that counts. */
static int demo_counts_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	// expect-audit: R1 stateful-hook certain
	kref_get(&unit->ref);
	return 0;
}
DEMO_FOPS(demo_counts);

/* A reference only if there is one, and the next one's for the last one's: nothing stays, whatever is found. */
static int demo_walks_mmap_prepare(struct vm_area_desc *desc)
{
	struct device_node *node = of_get_next_child(desc->file->private_data, NULL);

	if (!node)
		return -ENXIO;
	node = of_get_next_child(desc->file->private_data, node);
	if (desc->pgoff) {
		of_node_put(node);
		return -EINVAL;
	}
	of_node_put(node);
	return 0;
}
DEMO_FOPS(demo_walks);

/* R1: the first one's is kept, where the walk begins anew. */
static int demo_walks_anew_mmap_prepare(struct vm_area_desc *desc)
{
	// expect-audit: R1 stateful-hook certain
	struct device_node *first = of_get_next_child(desc->file->private_data, NULL), *node;

	if (!first)
		return -ENXIO;
	node = of_get_next_child(desc->file->private_data, NULL);

	of_node_put(node);
	return 0;
}
DEMO_FOPS(demo_walks_anew);

/* One that keeps the address of a mapping that may never be. */
static int demo_address_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	// expect-audit: R1 stateful-hook likely
	unit->last_start = desc->start;
	return 0;
}
DEMO_FOPS(demo_address);

/* A flag that a second time is the same, and a lock that is given back, are no state. */
static int demo_flag_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	mutex_lock(&unit->lock);
	unit->seen = 1;
	mutex_unlock(&unit->lock);
	file_accessed(desc->file);
	return 0;
}
DEMO_FOPS(demo_flag);

/* R1: fails with the lock held. */
static int demo_locked_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	// expect-audit: R1 leak-in-hook likely
	mutex_lock(&unit->lock);
	if (unit->gone)
		return -ENODEV;
	mutex_unlock(&unit->lock);
	return 0;
}
DEMO_FOPS(demo_locked);

/* R6: pages are counted when a mapping is made, and more of them given back when it has merged. */
static int demo_pages_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			     void **vm_private_data)
{
	struct demo_unit *unit = file->private_data;

	// expect-audit: R6 merge-count certain
	unit->users_nr += (end - start) / PAGE_SIZE;
	return 0;
}

static void demo_pages_open(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	unit->users_nr += vma_pages(vma);
}

static void demo_pages_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	unit->users_nr -= vma_pages(vma);
}

static const struct vm_operations_struct demo_pages_vm_ops = {
	.mapped = demo_pages_mapped, .open = demo_pages_open, .close = demo_pages_close,
};

static int demo_pages_mmap_prepare(struct vm_area_desc *desc)
{
	desc->vm_ops = &demo_pages_vm_ops;
	return 0;
}
DEMO_FOPS(demo_pages);

/* One for each vma, in open and close as well: whatever merges, it adds up. */
static int demo_each_mapped(unsigned long start, unsigned long end, pgoff_t pgoff, const struct file *file,
			    void **vm_private_data)
{
	struct demo_unit *unit = file->private_data;

	kref_get(&unit->ref);
	return 0;
}

static void demo_each_open(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	kref_get(&unit->ref);
}

static void demo_each_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	kref_put(&unit->ref, demo_unit_release);
}

static const struct vm_operations_struct demo_each_vm_ops = {
	.mapped = demo_each_mapped, .open = demo_each_open, .close = demo_each_close,
};

static int demo_balanced_mmap_prepare(struct vm_area_desc *desc)
{
	desc->vm_ops = &demo_each_vm_ops;
	return 0;
}
DEMO_FOPS(demo_balanced);

/* R6: no open; a split makes two that are given back. */
static void demo_no_open_close(struct vm_area_struct *vma)
{
	struct demo_unit *unit = vma->vm_file->private_data;

	// expect-audit: R6 split-count certain
	kref_put(&unit->ref, demo_unit_release);
}

static const struct vm_operations_struct demo_no_open_vm_ops = {
	.mapped = demo_each_mapped, .close = demo_no_open_close,
};

static int demo_no_open_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_no_open_vm_ops;
	return 0;
}
DEMO_FOPS(demo_no_open);

static const struct file_operations *const demo_state_tables[] = {
	&demo_counts_fops, &demo_walks_fops, &demo_walks_anew_fops, &demo_address_fops, &demo_flag_fops, &demo_locked_fops,
	&demo_pages_fops, &demo_balanced_fops, &demo_no_open_fops,
};

static int demo_audit_state_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(demo_state_tables) / sizeof(*demo_state_tables); i++)
		if (register_chrdev(240 + i, "audit-state", demo_state_tables[i]))
			return -ENODEV;
	return 0;
}
module_init(demo_audit_state_init)
MODULE_LICENSE("GPL");
