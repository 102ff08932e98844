// SPDX-License-Identifier: GPL-2.0-only
/*
 * Nothing in here is a file_operations.mmap handler, though much looks like one:
 *
 *	.mmap = demo_comment_mmap,
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/sysfs.h>

static const char demo_usage[] = "write \".mmap = demo_string_mmap,\" into struct file_operations";

/* trap: a field of the same name in another struct, filled with no function at all */
struct demo_bar_state {
	void __iomem *mmap;
	const char *name;
};

static struct demo_bar_state demo_bar_state;

/* trap: bin_attribute.mmap is no file_operations.mmap */
static int demo_attr_mmap(struct file *file, struct kobject *kobj,
			  const struct bin_attribute *attr, struct vm_area_struct *vma)
{
	return vm_iomap_memory(vma, (phys_addr_t)(unsigned long)attr->private, attr->size);
}

static struct bin_attribute demo_attr = {
	.attr = { .name = "regs", .mode = 0600 },
	.size = PAGE_SIZE,
	.mmap = demo_attr_mmap,
};

/* trap: the signature of a handler, but only called, never installed */
static int demo_sneaky_mmap(struct file *file, struct vm_area_struct *vma)
{
	return file->f_op && vma->vm_end > vma->vm_start ? 0 : -EINVAL;
}

#if 0
static const struct file_operations demo_if0_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_if0_mmap,
};
#endif

static const struct file_operations demo_null_fops = {
	.owner = THIS_MODULE,
	// .mmap = demo_commented_mmap,
	.mmap = NULL, /* was: .mmap = demo_gone_mmap */
};

static struct miscdevice demo_null_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-null",
	.fops = &demo_null_fops,
};

/* Whether a file can be mapped, by either hook (R27). */
static bool demo_guarded(const struct file_operations *fops)
{
	return fops->mmap || fops->mmap_prepare;
}

static int demo_traps_init(void)
{
	struct vm_area_struct vma = { .vm_start = 0, .vm_end = PAGE_SIZE };
	struct file file = { .f_op = &demo_null_fops };

	demo_bar_state.mmap = NULL;
	demo_bar_state.name = demo_usage;
	if (demo_guarded(&demo_null_fops))
		return -EPERM;
	pr_info("%s: %d\n", demo_attr.attr.name, demo_sneaky_mmap(&file, &vma));
	return misc_register(&demo_null_misc);
}
module_init(demo_traps_init)
MODULE_LICENSE("GPL");
