// SPDX-License-Identifier: GPL-2.0-only
/* The subsystem's side of demo_sub_mmap(). */
#include <linux/demo_sub.h>
#include <linux/mm.h>
#include <linux/module.h>

int demo_sub_mmap(struct demo_sub_queue *queue, struct vm_area_struct *vma)
{
	if (vma_pages(vma) > queue->nr_pages)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, queue->pfn, vma->vm_end - vma->vm_start,
			       vma->vm_page_prot);
}
EXPORT_SYMBOL_GPL(demo_sub_mmap);
MODULE_LICENSE("GPL");
