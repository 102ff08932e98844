// SPDX-License-Identifier: GPL-2.0-only
/* A reserved piece of RAM, mapped whole or through a window of fixed size. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>

#define DEMO_WINDOW_SIZE	(4 * PAGE_SIZE)

struct demo_ram {
	phys_addr_t base;
	unsigned long size;
};

static const struct demo_ram demo_ram = { .base = 0xc0000000, .size = SZ_1M };

// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_remap_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	unsigned long offset = vma->vm_pgoff << PAGE_SHIFT;

	/* The mapping ends where the memory ends. */
	if (offset >= demo_ram.size || size > demo_ram.size - offset)
		return -EINVAL;

	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return remap_pfn_range(vma, vma->vm_start,
			       (demo_ram.base + offset) >> PAGE_SHIFT,
			       size, vma->vm_page_prot);
}

/* The rest of a longer mapping stays empty. */
// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_window_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff != 0 || vma->vm_end - vma->vm_start < DEMO_WINDOW_SIZE)
		return -EINVAL;

	return remap_pfn_range(vma, vma->vm_start, demo_ram.base >> PAGE_SHIFT,
			       DEMO_WINDOW_SIZE, vma->vm_page_prot);
}

/* Nothing stops the window from running past the end of a short mapping (R10). */
// expect: class=remap verdict=assisted patterns=remap state= outcome=assisted
static int demo_past_mmap(struct file *file, struct vm_area_struct *vma)
{
	// expect-audit: L1 past-the-end likely
	return remap_pfn_range(vma, vma->vm_start, demo_ram.base >> PAGE_SHIFT,
			       DEMO_WINDOW_SIZE, vma->vm_page_prot);
}

/* The first page of the memory, then its last: two ranges, and there is one action (R11). */
// expect: class=remap verdict=core patterns=remap state= outcome=core
static int demo_twice_mmap(struct file *file, struct vm_area_struct *vma)
{
	phys_addr_t last = demo_ram.base + demo_ram.size - PAGE_SIZE;
	int ret;

	if (vma_pages(vma) != 2)
		return -EINVAL;

	ret = remap_pfn_range(vma, vma->vm_start, demo_ram.base >> PAGE_SHIFT,
			      PAGE_SIZE, vma->vm_page_prot);
	if (ret)
		return ret;
	return remap_pfn_range(vma, vma->vm_start + PAGE_SIZE, last >> PAGE_SHIFT,
			       PAGE_SIZE, vma->vm_page_prot);
}

static const struct file_operations demo_remap_fops = {
	.owner		= THIS_MODULE,
	.mmap		= demo_remap_mmap,
	.llseek		= noop_llseek,
};

static const struct file_operations demo_window_fops = {
	.owner = THIS_MODULE,
	.mmap  = demo_window_mmap,
};

static const struct file_operations demo_past_fops = {
	.owner	= THIS_MODULE,
	.mmap	= demo_past_mmap,
};

static const struct file_operations demo_twice_fops = { .mmap = demo_twice_mmap, };

static struct miscdevice demo_ram_devices[] = {
	{ MISC_DYNAMIC_MINOR, "demo-ram", &demo_remap_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-ram-window", &demo_window_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-ram-past", &demo_past_fops, NULL },
	{ MISC_DYNAMIC_MINOR, "demo-ram-twice", &demo_twice_fops, NULL },
};

static int demo_ram_init(void)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(demo_ram_devices); i++)
		ret = misc_register(&demo_ram_devices[i]);
	return ret;
}
module_init(demo_ram_init)
MODULE_LICENSE("GPL");
