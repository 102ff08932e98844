// SPDX-License-Identifier: GPL-2.0-only
/* Two allocators: a table, and a table inside another struct. */
#include <linux/mm.h>
#include <media/demo_cam.h>

// expect: tier=2 interface=demo_mem_ops.mmap reached_from=drivers/media/demo/cam_core.c:demo_cam_mmap class=remap verdict=auto patterns=remap state= outcome=core
static int demo_contig_mmap(void *buf, struct vm_area_struct *vma)
{
	unsigned long *pfn = buf;

	return remap_pfn_range(vma, vma->vm_start, *pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

const struct demo_mem_ops demo_contig_mem_ops = {
	.mmap = demo_contig_mmap,
};
EXPORT_SYMBOL_GPL(demo_contig_mem_ops);

static vm_fault_t demo_paged_fault(struct vm_fault *vmf)
{
	struct page **pages = vmf->vma->vm_private_data;

	vmf->page = pages[vmf->pgoff];
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_paged_vm_ops = {
	.fault = demo_paged_fault,
};

// expect: tier=2 interface=demo_mem_ops.mmap reached_from=drivers/media/demo/cam_core.c:demo_cam_mmap class=fault verdict=assisted patterns=fault state= vm_ops=demo_paged_vm_ops outcome=assisted
static int demo_paged_mmap(void *buf, struct vm_area_struct *vma)
{
	vma->vm_private_data = buf;
	vma->vm_ops = &demo_paged_vm_ops;
	return 0;
}

const struct demo_allocator demo_paged_allocator = {
	.name	= "paged",
	.ops	= { .mmap = demo_paged_mmap },
};
EXPORT_SYMBOL_GPL(demo_paged_allocator);
MODULE_LICENSE("GPL");
