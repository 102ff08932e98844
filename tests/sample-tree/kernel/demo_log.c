// SPDX-License-Identifier: GPL-2.0-only
/* A log that user space reads through a mapping; built in, no module. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>

static unsigned long demo_log_pfn;
static const unsigned long demo_log_size = SZ_64K;

// expect: class=remap verdict=auto patterns=remap state= outcome=converted
static int demo_log_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	int ret = -EINVAL;

	if (size > demo_log_size || vma->vm_pgoff)
		return ret;
	if (vma->vm_flags & VM_WRITE) {
		pr_warn("demo-log: read only\n");
		return -EPERM;
	}
	vm_flags_clear(vma, VM_MAYWRITE);

	ret = remap_pfn_range(vma, vma->vm_start, demo_log_pfn, size, vma->vm_page_prot);
	return ret;
}

static const struct file_operations demo_log_fops = {
	.owner  	= THIS_MODULE,
	.mmap    	= demo_log_mmap,
};

static struct miscdevice demo_log_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "demo-log",
	.fops = &demo_log_fops,
};

static int demo_log_init(void)
{
	demo_log_pfn = 0x1000;
	return misc_register(&demo_log_misc);
}
module_init(demo_log_init)
