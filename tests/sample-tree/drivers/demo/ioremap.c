// SPDX-License-Identifier: GPL-2.0-only
/* Device registers: a BAR that is mapped whole, and a block of registers by pgoff. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>

struct demo_bar {
	phys_addr_t phys;
	unsigned long len;		/* a multiple of the page size */
};

/* The table lies inside the device. */
struct demo_regs {
	const char *name;
	struct demo_bar bar;
	struct file_operations fops;
};

static struct demo_bar demo_bar = { .phys = 0xfe000000, .len = SZ_64K };

static int demo_bar_open(struct inode *inode, struct file *file)
{
	file->private_data = &demo_bar;
	return 0;
}

// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_bar_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_bar *bar = file->private_data;

	if (vma->vm_pgoff || vma_pages(vma) != bar->len >> PAGE_SHIFT)
		return -EINVAL;

	vm_flags_set(vma, VM_DONTCOPY);
	vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
	/* User space retries on -EAGAIN, whatever went wrong. */
	if (io_remap_pfn_range(vma, vma->vm_start, bar->phys >> PAGE_SHIFT,
			       vma->vm_end - vma->vm_start, vma->vm_page_prot)) {
		pr_err("demo-bar: cannot map the registers\n");
		return -EAGAIN;
	}

	return 0;
}

static const struct file_operations demo_bar_fops = {
	.owner	=	THIS_MODULE,
	.open	=	demo_bar_open,
	.mmap	=	demo_bar_mmap,	/* whole BAR only */
	.llseek	=	noop_llseek,
};

static struct miscdevice demo_bar_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-bar",
	.fops = &demo_bar_fops,
};

// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_regs_mmap(struct file *file, struct vm_area_struct *vma)
{
	const struct demo_bar *bar = file->private_data;

	/* Registers are not memory: no private copies. */
	if (is_cow_mapping(vma->vm_flags))
		return -EINVAL;
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return vm_iomap_memory(vma, bar->phys, bar->len);
}

static struct demo_regs demo_regs = {
	.name = "demo-regs",
	.bar = { .phys = 0xfd000000, .len = SZ_4K },
	.fops = {
		.owner = THIS_MODULE,
		.open = demo_bar_open,
		.mmap = demo_regs_mmap,
	},
};

static int demo_bar_init(void)
{
	int ret = misc_register(&demo_bar_misc);

	if (!ret)
		ret = register_chrdev(240, demo_regs.name, &demo_regs.fops);
	return ret;
}
module_init(demo_bar_init)
MODULE_LICENSE("GPL");
