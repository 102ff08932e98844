// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that only look at flags and change some. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>

static bool demo_flags_keep;

// expect: class=flags verdict=auto patterns=flags state= outcome=converted
static int demo_flags_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	if (vma->vm_flags & (VM_WRITE | VM_EXEC))
		return -EPERM;

	vm_flags_set(vma, VM_DONTDUMP);
	vm_flags_clear(vma, VM_MAYWRITE | VM_MAYEXEC);
	return 0;
}

/* What may be read and written at once is refused: both bits, not any of them. */
// expect: class=flags verdict=auto patterns=flags state= outcome=converted
static int demo_mod_mmap(struct file *file, struct vm_area_struct *vma)
{
	if ((vma->vm_flags & (VM_READ | VM_WRITE)) == (VM_READ | VM_WRITE))
		return -EACCES;

	vm_flags_mod(vma, VM_DONTCOPY | VM_DONTEXPAND | VM_DONTDUMP, VM_MAYWRITE);
	return 0;
}

/* The mask is put together at run time (R16). */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_mask_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_t mask = VM_IO | VM_DONTEXPAND;

	if (!demo_flags_keep)
		mask |= VM_DONTCOPY;
	vm_flags_set(vma, mask);
	return 0;
}

static const struct file_operations demo_flags_fops = {
	.owner =	THIS_MODULE,
	.mmap =		demo_flags_mmap,
	.llseek =	noop_llseek,
};

static const struct file_operations demo_mod_fops = {
	.owner	    = THIS_MODULE,
	.mmap	    = demo_mod_mmap,
};

static const struct file_operations demo_mask_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_mask_mmap,
};

static struct miscdevice demo_flags_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "demo-flags", .fops = &demo_flags_fops,
};

static struct miscdevice demo_mod_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "demo-mod", .fops = &demo_mod_fops,
};

static struct miscdevice demo_mask_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "demo-mask", .fops = &demo_mask_fops,
};

module_misc_device(demo_flags_misc)
module_misc_device(demo_mod_misc)
module_misc_device(demo_mask_misc)
MODULE_LICENSE("GPL");
