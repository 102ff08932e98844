// SPDX-License-Identifier: GPL-2.0-only
/* Already on the new hook: nothing to find. */
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>

struct demo_held {
	struct kref ref;
	unsigned long pfn;
};

static void demo_held_release(struct kref *ref)
{
	pr_debug("demo-held: last reference to %p\n", ref);
}

static int demo_held_mapped(unsigned long start, unsigned long end, pgoff_t pgoff,
			    const struct file *file, void **vm_private_data)
{
	struct demo_held *held = file->private_data;

	kref_get(&held->ref);
	*vm_private_data = held;
	return 0;
}

static void demo_held_open(struct vm_area_struct *vma)
{
	struct demo_held *held = vma->vm_private_data;

	kref_get(&held->ref);
}

/* A mapping that failed before mapped ran has no private data yet. */
static void demo_held_close(struct vm_area_struct *vma)
{
	struct demo_held *held = vma->vm_private_data;

	if (held)
		kref_put(&held->ref, demo_held_release);
}

static const struct vm_operations_struct demo_held_vm_ops = {
	.mapped	= demo_held_mapped,
	.open	= demo_held_open,
	.close	= demo_held_close,
};

static int demo_held_mmap_prepare(struct vm_area_desc *desc)
{
	struct demo_held *held = desc->file->private_data;

	if (!vma_desc_test(desc, VMA_SHARED_BIT) || vma_desc_pages(desc) != 1)
		return -EINVAL;

	vma_desc_set_flags(desc, VMA_DONTCOPY_BIT, VMA_DONTDUMP_BIT);
	desc->vm_ops = &demo_held_vm_ops;
	desc->page_prot = pgprot_noncached(desc->page_prot);
	mmap_action_remap_full(desc, held->pfn);
	desc->action.error_override = -EAGAIN;
	return 0;
}

static const struct file_operations demo_held_fops = {
	.owner		= THIS_MODULE,
	.mmap_prepare	= demo_held_mmap_prepare,
};

static struct miscdevice demo_held_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-held",
	.fops = &demo_held_fops,
};

module_misc_device(demo_held_misc)
MODULE_LICENSE("GPL");
