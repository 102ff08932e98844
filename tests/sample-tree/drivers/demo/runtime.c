// SPDX-License-Identifier: GPL-2.0-only
/* Tables that are filled in at run time. */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct demo_rt {
	struct file_operations fops;
	struct file_operations plain;
	phys_addr_t base;
};

static struct demo_rt *demo_rt;

// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_rt_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long start = vma->vm_start;

	if (vma->vm_pgoff)
		return -EINVAL;
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	if (io_remap_pfn_range(vma, start, demo_rt->base >> PAGE_SHIFT,
			       vma_pages(vma) << PAGE_SHIFT, vma->vm_page_prot))
		return -EAGAIN;
	return 0;
}

static int demo_rt_init(void)
{
	struct demo_rt *rt;
	int ret;

	rt = kzalloc(sizeof(*rt), GFP_KERNEL);
	if (!rt)
		return -ENOMEM;
	rt->base = 0xfec00000;
	rt->fops.owner = THIS_MODULE;
	rt->fops.llseek = noop_llseek;
	rt->fops.mmap = demo_rt_mmap;
	rt->plain = (struct file_operations) {
		.owner	= THIS_MODULE,
		.mmap	= demo_rt_mmap,
	};
	demo_rt = rt;
	ret = register_chrdev(248, "demo-rt", &rt->fops);
	return ret ?: register_chrdev(249, "demo-rt-plain", &rt->plain);
}
module_init(demo_rt_init)
MODULE_LICENSE("GPL");
