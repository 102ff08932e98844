// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that break a rule, each beside one that keeps it.  `expect-audit` names what is to be found in the next
 * line that is no comment.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>

enum { NR_WINDOWS = 4 };

struct demo_window {
	phys_addr_t base;
	unsigned long size;
	struct page *page;
};

struct demo_unit {
	struct mutex lock;
	struct kref ref;
	struct list_head users;
	unsigned long pfn, size;
	unsigned long last_start;
	unsigned int users_nr, seen;
	bool gone;
	struct demo_window windows[NR_WINDOWS];
};

static struct demo_unit demo_shared_unit;

static void demo_unit_release(struct kref *ref)
{
	pr_debug("demo-audit: last reference to %p\n", ref);
}

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
DEMO_FOPS(demo_late);

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
DEMO_FOPS(demo_again);

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
DEMO_FOPS(demo_held_unit);

/* The same table without an action: nothing can fail before mapped. */
static int demo_no_action_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_held_unit_vm_ops;
	return 0;
}
DEMO_FOPS(demo_no_action);

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
DEMO_FOPS(demo_own);

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
DEMO_FOPS(demo_own_safe);

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
DEMO_FOPS(demo_live);

/* What the open file holds is there before and after. */
static int demo_pinned_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	desc->vm_ops = &demo_late_vm_ops;
	mmap_action_remap_full(desc, unit->pfn);
	return 0;
}
DEMO_FOPS(demo_pinned);

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
static int demo_balanced_mmap_prepare(struct vm_area_desc *desc)
{
	desc->vm_ops = &demo_held_unit_vm_ops;
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
	.mapped = demo_held_unit_mapped, .close = demo_no_open_close,
};

static int demo_no_open_mmap_prepare(struct vm_area_desc *desc)
{
	vma_desc_set_flags(desc, VMA_DONTEXPAND_BIT);
	desc->vm_ops = &demo_no_open_vm_ops;
	return 0;
}
DEMO_FOPS(demo_no_open);

/* R7: the action has the old protection; written before, it has the new one. */
static int demo_late_prot_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	mmap_action_remap_full(desc, unit->pfn);
	// expect-audit: R7 late-protection certain
	desc->page_prot = pgprot_noncached(desc->page_prot);
	return 0;
}
DEMO_FOPS(demo_late_prot);

static int demo_early_prot_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	desc->page_prot = pgprot_noncached(desc->page_prot);
	mmap_action_remap_full(desc, unit->pfn);
	return 0;
}
DEMO_FOPS(demo_early_prot);

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
DEMO_FOPS(demo_cookie);

/* An offset into the one window is what the action is for; so is none. */
static int demo_offset_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	if (desc->pgoff > unit->size / PAGE_SIZE)
		return -EINVAL;
	mmap_action_simple_ioremap(desc, unit->windows[0].base, unit->size);
	return 0;
}
DEMO_FOPS(demo_offset);

/* R11: the second action replaces the first. */
static int demo_two_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;

	mmap_action_remap(desc, desc->start, unit->pfn, PAGE_SIZE);
	// expect-audit: R11 second-action certain
	mmap_action_remap(desc, desc->start + PAGE_SIZE, unit->pfn + 8, PAGE_SIZE);
	return 0;
}
DEMO_FOPS(demo_two);

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
DEMO_FOPS(demo_either);

/* R13: the table is replaced by one without its close. */
static int demo_lost_mmap_prepare(struct vm_area_desc *desc)
{
	desc->vm_ops = &demo_held_unit_vm_ops;
	// expect-audit: R13 vm-ops-lost certain
	return generic_file_mmap_prepare(desc);
}
DEMO_FOPS(demo_lost);

/* The other way round the driver's own stays. */
static int demo_kept_mmap_prepare(struct vm_area_desc *desc)
{
	int ret = generic_file_mmap_prepare(desc);

	if (!ret)
		desc->vm_ops = &demo_held_unit_vm_ops;
	return ret;
}
DEMO_FOPS(demo_kept);

/* R13: a shared mapping becomes anonymous; of a private one, that can be meant. */
static int demo_null_mmap_prepare(struct vm_area_desc *desc)
{
	// expect-audit: R13 vm-ops-null likely
	desc->vm_ops = NULL;
	return 0;
}
DEMO_FOPS(demo_null);

static int demo_zero_mmap_prepare(struct vm_area_desc *desc)
{
	if (vma_desc_test(desc, VMA_MAYSHARE_BIT))
		return -EINVAL;
	desc->vm_ops = NULL;
	return 0;
}
DEMO_FOPS(demo_zero);

/* R15: where the mapping ends is not the hook's to say; where in the object it begins is. */
static int demo_shorter_mmap_prepare(struct vm_area_desc *desc)
{
	// expect-audit: R15 read-only-field certain
	desc->end = desc->start + PAGE_SIZE;
	return 0;
}
DEMO_FOPS(demo_shorter);

static int demo_moved_mmap_prepare(struct vm_area_desc *desc)
{
	desc->pgoff += 4;
	return 0;
}
DEMO_FOPS(demo_moved);

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
DEMO_FOPS(demo_pick);

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
DEMO_FOPS(demo_page);

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
DEMO_FOPS(demo_apart);

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
DEMO_FOPS(demo_data);

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
DEMO_FOPS(demo_elsewhere);

static int demo_nearby_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_unit *unit = desc->file->private_data;
	int ret = demo_window_once_prepare(desc, unit->windows[0].base, unit->size);

	if (!ret)
		desc->vm_ops = &demo_late_vm_ops;
	return ret;
}
DEMO_FOPS(demo_nearby);

static const struct file_operations *const demo_audit_tables[] = {
	&demo_counts_fops, &demo_address_fops, &demo_flag_fops, &demo_locked_fops, &demo_late_fops,
	&demo_again_fops, &demo_held_unit_fops, &demo_no_action_fops, &demo_own_fops, &demo_own_safe_fops,
	&demo_live_fops, &demo_pinned_fops, &demo_pages_fops, &demo_balanced_fops, &demo_no_open_fops,
	&demo_late_prot_fops, &demo_early_prot_fops, &demo_cookie_fops, &demo_offset_fops, &demo_two_fops,
	&demo_either_fops, &demo_lost_fops, &demo_kept_fops, &demo_null_fops, &demo_zero_fops,
	&demo_shorter_fops, &demo_moved_fops, &demo_pick_fops, &demo_page_fops, &demo_apart_fops,
	&demo_data_fops, &demo_elsewhere_fops, &demo_nearby_fops,
};

static int demo_audit_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(demo_audit_tables) / sizeof(*demo_audit_tables); i++)
		if (register_chrdev(240 + i, "demo-audit", demo_audit_tables[i]))
			return -ENODEV;
	return 0;
}
module_init(demo_audit_init)
MODULE_LICENSE("GPL");
