// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the core does when a hook has returned, as Linux 7.3 has it in mm/vma.c, mm/util.c and mm/memory.c: the action
 * is checked, the mapping is made, populated, and mapped is called; where one of these fails, the mapping goes.  Our
 * own words; part of every batch's shared object.
 */
#include "kernel.h"
#include "kernel_world.h"

static _Bool is_inside(unsigned long start, unsigned long size)
{
	return start >= the_desc.start && start + size <= the_desc.end;
}

/* The PFNs that an address is the first of, where the whole mapping has room in it. */
static int find_pfn(unsigned long address, unsigned long size, unsigned long *pfn)
{
	unsigned long pages;

	if (address + size < address)
		return -EINVAL;
	size += address & ~PAGE_MASK;
	*pfn = address >> PAGE_SHIFT;
	pages = (size + ~PAGE_MASK) >> PAGE_SHIFT;
	if (*pfn + pages < *pfn || the_desc.pgoff > pages || vma_desc_pages(&the_desc) > pages - the_desc.pgoff)
		return -EINVAL;
	*pfn += the_desc.pgoff;
	return 0;
}

static int prepare_remap(const struct mmap_action *a)
{
	if (!is_inside(a->start, a->size))
		return -EFAULT;
	if (is_cow_mapping(the_desc.vm_flags)) {
		if (a->start != the_desc.start || a->start + a->size != the_desc.end)
			return -EINVAL;
		the_desc.pgoff = a->start_pfn;
	}
	the_desc.vm_flags |= REMAP_FLAGS;
	return 0;
}

/* Before anything is made. */
static int prepare(struct mmap_action *a)
{
	unsigned long pfn;

	if (a->error_override && (a->error_override > 0 || a->error_override < -4095))
		return -EINVAL;
	switch (a->type) {
	case MMAP_NOTHING:
		return 0;
	case MMAP_SIMPLE_IO_REMAP:
		if (find_pfn(a->start_pfn, a->size, &pfn))
			return -EINVAL;
		a->start = the_desc.start;
		a->start_pfn = pfn;
		a->size = vma_desc_size(&the_desc);
		a->pgprot = the_desc.page_prot;
		return prepare_remap(a);
	case MMAP_REMAP_PFN:
	case MMAP_IO_REMAP_PFN:
		return prepare_remap(a);
	case MMAP_MAP_KERNEL_PAGES:
		the_desc.vm_flags |= VM_MIXEDMAP;
		return is_inside(a->start, a->size) ? 0 : -EFAULT;
	}
	return -EINVAL;
}

static int fill(const struct mmap_action *a)
{
	switch (a->type) {
	case MMAP_NOTHING:
		return 0;
	case MMAP_MAP_KERNEL_PAGES:
		return populate(FILLED_PAGES, a->start, a->start_pfn, a->size >> PAGE_SHIFT, the_vma.vm_page_prot);
	default:
		return populate(a->type == MMAP_REMAP_PFN ? FILLED_MEMORY : FILLED_IO, a->start, a->start_pfn, a->size,
				a->pgprot);
	}
}

static int call_mapped(void)
{
	const struct vm_operations_struct *ops = the_vma.vm_ops;
	void *data = the_vma.vm_private_data;
	int ret;

	if (!ops || !ops->mapped)
		return 0;
	ret = ops->mapped(the_vma.vm_start, the_vma.vm_end, the_vma.vm_pgoff, the_vma.vm_file, &data);
	if (!ret)
		the_vma.vm_private_data = data;
	return ret;
}

static void make_mapping(void)
{
	the_vma.vm_pgoff = the_desc.pgoff;
	the_vma.vm_file = the_desc.vm_file;
	the_vma.__vm_flags = the_desc.vm_flags;
	the_vma.vm_page_prot = the_desc.page_prot;
	the_vma.vm_ops = the_desc.vm_ops;
	the_vma.vm_private_data = the_desc.private_data;
}

int core_complete(int ret, enum core_way way)
{
	struct mmap_action a;

	if (!ret)
		ret = prepare(&the_desc.action);
	if (ret)
		return ret;
	if (way == CORE_NO_MEMORY)
		return -ENOMEM;
	if (way == CORE_MERGES && !(the_desc.vm_flags & (VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP)))
		return 0;
	a = the_desc.action;
	make_mapping();
	ret = fill(&a);
	if (!ret)
		ret = call_mapped();
	if (!ret)
		return 0;
	if (the_vma.vm_ops && the_vma.vm_ops->close)
		the_vma.vm_ops->close(&the_vma);
	if (a.error_hook)
		return a.error_hook(ret);
	return a.error_override ? a.error_override : ret;
}
