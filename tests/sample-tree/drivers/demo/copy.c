// SPDX-License-Identifier: GPL-2.0-only
/* Tables that are copied whole. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>

static vm_fault_t demo_copy_fault(struct vm_fault *vmf)
{
	vmf->page = pfn_to_page(vmf->pgoff);
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_copy_vm_ops = {
	.fault = demo_copy_fault,
};

/* The copies only change the owner: they follow their template. */
// expect: class=fault verdict=auto patterns=fault state= outcome=converted
static int demo_tmpl_mmap(struct file *file, struct vm_area_struct *vma)
{
	/* PFN 0 upwards, and no further than the first megabyte. */
	if (vma->vm_pgoff + vma_pages(vma) > (SZ_1M >> PAGE_SHIFT))
		return -EINVAL;
	vm_flags_set(vma, VM_DONTEXPAND);
	vma->vm_ops = &demo_copy_vm_ops;
	return 0;
}

/* This one's copy gets another handler: the two have to move together (R17). */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_base_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	vm_flags_clear(vma, VM_MAYWRITE);
	return 0;
}

// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
static int demo_over_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

static const struct file_operations demo_tmpl_fops = {
	.llseek = noop_llseek,
	.mmap = demo_tmpl_mmap,
};

static const struct file_operations demo_base_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_base_mmap,
};

static struct file_operations demo_over_fops;

static int demo_copy_init(void)
{
	struct file_operations *fops;
	int ret;

	fops = kmemdup(&demo_tmpl_fops, sizeof(*fops), GFP_KERNEL);
	if (!fops)
		return -ENOMEM;
	fops->owner = THIS_MODULE;
	ret = register_chrdev(250, "demo-copy", fops);
	if (ret)
		return ret;

	ret = register_chrdev(251, "demo-base", &demo_base_fops);
	if (ret)
		return ret;
	demo_over_fops = demo_base_fops;
	demo_over_fops.mmap = demo_over_mmap;
	return register_chrdev(252, "demo-over", &demo_over_fops);
}
module_init(demo_copy_init)
MODULE_LICENSE("GPL");
