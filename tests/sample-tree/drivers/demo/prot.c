// SPDX-License-Identifier: GPL-2.0-only
/* Protections: a local one that the mapping itself never sees, and one that comes too late. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>

static const phys_addr_t demo_prot_base = 0xd0000000;

/* Declared ahead, parameters unnamed. */
static int demo_prot_mmap(struct file *, struct vm_area_struct *);

static const struct file_operations demo_prot_fops = {
	.owner		= THIS_MODULE,
	.mmap		= demo_prot_mmap,
	.open		= NULL,
};

static struct miscdevice demo_prot_misc = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "demo-prot",
	.fops	= &demo_prot_fops,
};

/* The page tables get an uncached protection, vm_page_prot stays as it was (R7). */
// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int
demo_prot_mmap(struct file *filp,
	       struct vm_area_struct *area)
{
	unsigned long len = area->vm_end - area->vm_start;
	pgprot_t prot = area->vm_page_prot;

	if (area->vm_pgoff + (len >> PAGE_SHIFT) > SZ_1M >> PAGE_SHIFT)
		return -EINVAL;

	prot = pgprot_noncached(prot);

	return remap_pfn_range(area, area->vm_start,
			       (demo_prot_base >> PAGE_SHIFT) + area->vm_pgoff, len, prot);
}

/* Too late for the pages that are mapped already: a person has to say what was meant (R7). */
// expect: class=remap verdict=assisted patterns=remap state= outcome=assisted
static int demo_late_prot_mmap(struct file *file, struct vm_area_struct *vma)
{
	int ret;

	ret = remap_pfn_range(vma, vma->vm_start, demo_prot_base >> PAGE_SHIFT,
			      vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (ret)
		return ret;

	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return 0;
}

static const struct file_operations demo_late_prot_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_late_prot_mmap,
};

static struct miscdevice demo_late_prot_misc = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "demo-late-prot",
	.fops	= &demo_late_prot_fops,
};

module_misc_device(demo_prot_misc)
module_misc_device(demo_late_prot_misc)
MODULE_LICENSE("GPL");
