// SPDX-License-Identifier: GPL-2.0-only
/* Bugs of legacy handlers, each beside a handler without it; audit --legacy finds them. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct demo_board {
	struct mutex lock;
	struct kref ref;
	unsigned long pfn, limit;
	struct vm_area_struct *user;
};

static void demo_board_release(struct kref *ref)
{
	pr_debug("demo-board: last reference to %p\n", ref);
}

/* L2: too large a mapping keeps a reference that nobody gives back. */
// expect: class=stateful verdict=assisted patterns=remap state=reference outcome=assisted
static int demo_leaky_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_board *board = file->private_data;

	// expect-audit: L2 leak-on-error likely
	kref_get(&board->ref);
	if (vma->vm_end - vma->vm_start > board->limit)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, board->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static const struct file_operations demo_leaky_fops = { .mmap = demo_leaky_mmap, };

/* Given back on the way out, and what was not got is not kept. */
// expect: class=stateful verdict=assisted patterns= state=allocation outcome=assisted
static int demo_tidy_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_board *board = file->private_data;
	struct demo_board *own = kzalloc(sizeof(*own), GFP_KERNEL);

	if (!own)
		return -ENOMEM;
	kref_get(&board->ref);
	if (vma->vm_end - vma->vm_start > board->limit) {
		kref_put(&board->ref, demo_board_release);
		kfree(own);
		return -EINVAL;
	}
	vma->vm_private_data = own;
	return 0;
}

static const struct file_operations demo_tidy_fops = { .mmap = demo_tidy_mmap, };

/* L3: the pointer outlives the vma. */
// expect: class=stateful verdict=core patterns=flags state=vma outcome=core
static int demo_remembers_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_board *board = file->private_data;

	vm_flags_set(vma, VM_DONTCOPY);
	// expect-audit: L3 dangling-vma likely
	board->user = vma;
	return 0;
}

static const struct file_operations demo_remembers_fops = { .mmap = demo_remembers_mmap, };

/* Forgotten in time. */
static void demo_forgets_close(struct vm_area_struct *vma)
{
	struct demo_board *board = vma->vm_private_data;

	board->user = NULL;
}

static const struct vm_operations_struct demo_forgets_vm_ops = { .close = demo_forgets_close };

// expect: class=stateful verdict=core patterns= state=vma outcome=core
static int demo_forgets_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_board *board = file->private_data;

	vm_flags_set(vma, VM_DONTCOPY);
	vma->vm_private_data = board;
	vma->vm_ops = &demo_forgets_vm_ops;
	board->user = vma;
	return 0;
}

static const struct file_operations demo_forgets_fops = { .mmap = demo_forgets_mmap, };

/* L4: one reference, and a close for each part of a split mapping. */
static void demo_once_close(struct vm_area_struct *vma)
{
	struct demo_board *board = vma->vm_private_data;

	// expect-audit: L4 unbalanced-close likely
	kref_put(&board->ref, demo_board_release);
}

static const struct vm_operations_struct demo_once_vm_ops = { .close = demo_once_close };

// expect: class=stateful verdict=assisted patterns= state=reference outcome=assisted
static int demo_once_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_board *board = file->private_data;

	kref_get(&board->ref);
	vma->vm_private_data = board;
	vma->vm_ops = &demo_once_vm_ops;
	return 0;
}

static const struct file_operations demo_once_fops = { .mmap = demo_once_mmap, };

/* With an open, or where nothing splits, it adds up. */
static int demo_whole_may_split(struct vm_area_struct *vma, unsigned long addr)
{
	return -EINVAL;
}

static void demo_whole_close(struct vm_area_struct *vma)
{
	struct demo_board *board = vma->vm_private_data;

	kref_put(&board->ref, demo_board_release);
}

static const struct vm_operations_struct demo_whole_vm_ops = {
	.close = demo_whole_close, .may_split = demo_whole_may_split,
};

// expect: class=stateful verdict=assisted patterns= state=reference outcome=assisted
static int demo_whole_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_board *board = file->private_data;

	vm_flags_set(vma, VM_DONTCOPY);
	kref_get(&board->ref);
	vma->vm_private_data = board;
	vma->vm_ops = &demo_whole_vm_ops;
	return 0;
}

static const struct file_operations demo_whole_fops = { .mmap = demo_whole_mmap, };

static struct miscdevice demo_board_devices[] = {
	{ MISC_DYNAMIC_MINOR, "demo-leaky", &demo_leaky_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-tidy", &demo_tidy_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-remembers", &demo_remembers_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-forgets", &demo_forgets_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-once", &demo_once_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-whole", &demo_whole_fops, NULL },
};

static int demo_board_init(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(demo_board_devices) / sizeof(*demo_board_devices); i++)
		if (misc_register(&demo_board_devices[i]))
			return -ENODEV;
	return 0;
}
module_init(demo_board_init)
MODULE_LICENSE("GPL");
