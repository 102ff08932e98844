// SPDX-License-Identifier: GPL-2.0-only
/* Handlers of one file that hang on each other: they move in one patch, or stay together. */
#include <linux/demo_external.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>

struct demo_bank {
	unsigned long pfn;
	unsigned long size;
	unsigned int users;
};

/* In two tables of the file. */
// expect: class=flags verdict=auto patterns=flags state= how=static outcome=converted
static int demo_twice_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

/* The caller stands ahead of the one that it calls. */
static int demo_window_mmap(struct file *file, struct vm_area_struct *vma);

// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_checked_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	return demo_window_mmap(file, vma);
}

/* Called by name, by two. */
// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_window_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_bank *bank = file->private_data;
	unsigned long size = vma->vm_end - vma->vm_start;

	if (vma->vm_pgoff || size > bank->size)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, bank->pfn, size, vma->vm_page_prot);
}

// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_quiet_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct demo_bank *bank = filp->private_data;

	if (!bank->users)
		return -ENODEV;
	vm_flags_set(vma, VM_DONTDUMP);
	return demo_window_mmap(filp, vma);
}

/* It could move, but for the one that calls it. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_base_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTEXPAND);
	return 0;
}

/* The vma goes where nobody knows what becomes of it. */
// expect: class=flags verdict=core patterns=flags state= outcome=core
static int demo_stuck_mmap(struct file *file, struct vm_area_struct *vma)
{
	demo_external_thing(vma);
	return demo_base_mmap(file, vma);
}

/* And this one, for the one that it calls. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_above_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff)
		return -EINVAL;
	return demo_base_mmap(file, vma);
}

// expect: class=remap verdict=assisted patterns=remap state= outcome=assisted
static int demo_errno_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_bank *bank = file->private_data;

	return remap_pfn_range(vma, vma->vm_start, bank->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

/* Another errno: the action, which is the other one's, would have to know (R12). */
// expect: class=remap verdict=assisted patterns=remap state= outcome=assisted
static int demo_again_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (demo_errno_mmap(file, vma))
		return -EAGAIN;
	return 0;
}

// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_other_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

/* Another file than its own: a descriptor has but one. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_lower_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct file *lower = file->private_data;

	return demo_other_mmap(lower, vma);
}

// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_branch_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

/* Called in a configuration that is not compiled here. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_config_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTDUMP);
#ifdef CONFIG_DEMO_NOWHERE
	return demo_branch_mmap(file, vma);
#else
	return 0;
#endif
}

/* Two handlers share a helper, of which one needs the vma itself: no copy of it is made. */
static int demo_odd_check(struct vm_area_struct *vma)
{
	return vma->vm_pgoff & 1 ? -EINVAL : 0;
}

// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_even_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return demo_odd_check(vma);
}

// expect: class=flags verdict=core patterns=flags state= outcome=core
static int demo_outward_mmap(struct file *file, struct vm_area_struct *vma)
{
	demo_external_thing(vma);
	vm_flags_set(vma, VM_DONTCOPY);
	return demo_odd_check(vma);
}

/* And two, of which one uses it in another configuration only. */
static int demo_low_check(struct vm_area_struct *vma)
{
	return vma->vm_pgoff > 1 ? -EINVAL : 0;
}

// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_low_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return demo_low_check(vma);
}

// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_high_mmap(struct file *file, struct vm_area_struct *vma)
{
#ifdef CONFIG_DEMO_NOWHERE
	return demo_low_check(vma);
#endif
	vm_flags_set(vma, VM_DONTDUMP);
	return 0;
}

static const struct file_operations demo_twice_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_twice_mmap,
};

static const struct file_operations demo_twice_seek_fops = {
	.owner	= THIS_MODULE,
	.llseek	= noop_llseek,
	.mmap	= demo_twice_mmap,
};

static const struct file_operations demo_together_fops[] = {
	{ .owner = THIS_MODULE, .mmap = demo_checked_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_window_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_quiet_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_base_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_stuck_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_above_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_errno_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_again_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_other_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_lower_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_branch_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_config_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_even_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_outward_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_low_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_high_mmap, },
};

static int demo_together_init(void)
{
	int ret = register_chrdev(263, "demo-twice", &demo_twice_fops);

	ret = ret ?: register_chrdev(264, "demo-twice-seek", &demo_twice_seek_fops);
	return ret ?: register_chrdev(265, "demo-together", &demo_together_fops[0]);
}
module_init(demo_together_init)
MODULE_LICENSE("GPL");
