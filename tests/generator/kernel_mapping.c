// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's helpers in userland: each writes an event, does to memory what the kernel's function
 * of that name does (analyzer/contract/models.c names the places), and answers as the run's seed
 * dictates.  Part of every batch's shared object.  Here: those that get the vma.
 */
#include "kernel.h"
#include "kernel_world.h"

/* Of the mapping.  -EINVAL: nothing was changed.  get_remap_pgoff() and what follows it. */
static int remap(const char *name, enum filled how, struct vm_area_struct *vma, unsigned long addr,
		 unsigned long pfn, unsigned long size, pgprot_t prot)
{
	BEGIN(name);

	ARG(vma);
	ARG(addr);
	ARG(pfn);
	ARG(size);
	ARG(prot);
	if (is_cow_mapping(vma->vm_flags)) {
		if (addr != vma->vm_start || addr + PAGE_ALIGN(size) != vma->vm_end)
			RETURN(-EINVAL);
		vma->vm_pgoff = pfn;
	}
	vma->__vm_flags |= REMAP_FLAGS;
	RETURN(populate(how, addr, pfn, size, prot));
}

int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot)
{
	return remap("remap_pfn_range", FILLED_MEMORY, vma, addr, pfn, size, prot);
}

int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		       unsigned long size, pgprot_t prot)
{
	return remap("io_remap_pfn_range", FILLED_IO, vma, addr, pfn, size, prot);
}

/* __simple_ioremap_prep(), then the whole mapping. */
int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len)
{
	unsigned long pages, pfn;
	BEGIN("vm_iomap_memory");

	ARG(vma);
	ARG(start);
	ARG(len);
	if (start + len < start)
		RETURN(-EINVAL);
	len += start & ~PAGE_MASK;
	pages = (len + ~PAGE_MASK) >> PAGE_SHIFT;
	if (vma->vm_pgoff > pages || vma_pages(vma) > pages - vma->vm_pgoff)
		RETURN(-EINVAL);
	pfn = (start >> PAGE_SHIFT) + vma->vm_pgoff;
	if (pfn < start >> PAGE_SHIFT)
		RETURN(-EINVAL);
	if (is_cow_mapping(vma->vm_flags))
		vma->vm_pgoff = pfn;
	vma->__vm_flags |= REMAP_FLAGS;
	RETURN(populate(FILLED_IO, vma->vm_start, pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot));
}

int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page)
{
	BEGIN("vm_insert_page");

	ARG(vma);
	ARG(addr);
	ARG(page);
	if (addr < vma->vm_start || addr >= vma->vm_end)
		RETURN(-EINVAL);
	vma->__vm_flags |= VM_MIXEDMAP;
	RETURN(populate(FILLED_PAGES, addr, (unsigned long)page, 1, vma->vm_page_prot));
}

static int map_pages(const char *name, struct vm_area_struct *vma, struct page **pages,
		     unsigned long num, unsigned long offset)
{
	BEGIN(name);

	ARG(vma);
	ARG(pages);
	ARG(num);
	if (offset >= num || vma_pages(vma) > num - offset)
		RETURN(-ENXIO);
	vma->__vm_flags |= VM_MIXEDMAP;
	RETURN(populate(FILLED_PAGES, vma->vm_start, (unsigned long)(pages + offset), vma_pages(vma),
			vma->vm_page_prot));
}

int vm_map_pages(struct vm_area_struct *vma, struct page **pages, unsigned long num)
{
	return map_pages("vm_map_pages", vma, pages, num, vma->vm_pgoff);
}

int vm_map_pages_zero(struct vm_area_struct *vma, struct page **pages, unsigned long num)
{
	return map_pages("vm_map_pages_zero", vma, pages, num, 0);
}

int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff)
{
	int ret = dictated_errno();
	BEGIN("remap_vmalloc_range");

	ARG(vma);
	ARG(addr);
	ARG(pgoff);
	if (ret != -EINVAL) /* from before the first page */
		vma->__vm_flags |= VM_MIXEDMAP;
	if (!ret)
		vma->__vm_flags |= VM_DONTEXPAND | VM_DONTDUMP;
	RETURN(ret);
}

int dma_mmap_coherent(struct dev *d, struct vm_area_struct *vma, void *addr, unsigned long handle,
		      size_t size)
{
	int ret = dictated_errno();
	BEGIN("dma_mmap_coherent");

	ARG(d);
	ARG(vma);
	ARG(addr);
	ARG(handle);
	ARG(size);
	if (ret != -EINVAL) { /* past the checks of size and offset */
		if (is_cow_mapping(vma->vm_flags))
			vma->vm_pgoff = handle >> PAGE_SHIFT;
		vma->__vm_flags |= REMAP_FLAGS;
	}
	RETURN(ret);
}

int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	int ret = dictated_errno();
	BEGIN("generic_file_mmap");

	ARG(file);
	ARG(vma);
	if (!ret)
		vma->vm_ops = &generic_file_vm_ops;
	RETURN(ret);
}

int vfs_mmap(struct file *file, struct vm_area_struct *vma)
{
	BEGIN("vfs_mmap");

	ARG(file);
	ARG(vma);
	change_vma();
	RETURN(dictated_errno());
}

void vma_set_file(struct vm_area_struct *vma, struct file *file)
{
	BEGIN("vma_set_file");

	ARG(vma);
	ARG(file);
	file->f_count++;
	vma->vm_file->f_count--;
	vma->vm_file = file;
	END();
}

pgprot_t pgprot_noncached(pgprot_t prot)
{
	return (pgprot_t){ prot.pgprot | 0x10 };
}

pgprot_t pgprot_writecombine(pgprot_t prot)
{
	return (pgprot_t){ (prot.pgprot & ~0x18UL) | 0x8 };
}

pgprot_t vm_get_page_prot(unsigned long flags)
{
	return (pgprot_t){ (flags & 0xf) * 0x9e37UL };
}

/* What a hook asks for is written down; the core does it later. */
static void ask(const char *name, struct vm_area_desc *desc, enum mmap_action_type type,
		const unsigned long *args, unsigned nr)
{
	unsigned i;
	BEGIN(name);

	ARG(desc);
	for (i = 0; i < nr; i++)
		ARG(args[i]);
	desc->action.type = type;
	desc->action.start = nr > 2 ? args[0] : desc->start;
	desc->action.start_pfn = nr > 2 ? args[1] : args[0];
	desc->action.size = nr > 2 ? args[2] : nr > 1 ? args[1] : desc->end - desc->start;
	desc->action.pgprot = desc->page_prot;
	END();
}

#define ASK(name, type, ...) \
	ask(name, desc, type, (const unsigned long[]){ __VA_ARGS__ }, \
	    sizeof((const unsigned long[]){ __VA_ARGS__ }) / sizeof(long))

void mmap_action_remap(struct vm_area_desc *desc, unsigned long start, unsigned long start_pfn,
		       unsigned long size)
{
	ASK("mmap_action_remap", MMAP_REMAP_PFN, start, start_pfn, size);
}

void mmap_action_remap_full(struct vm_area_desc *desc, unsigned long start_pfn)
{
	ASK("mmap_action_remap_full", MMAP_REMAP_PFN, start_pfn);
}

void mmap_action_ioremap(struct vm_area_desc *desc, unsigned long start, unsigned long start_pfn,
			 unsigned long size)
{
	ASK("mmap_action_ioremap", MMAP_IO_REMAP_PFN, start, start_pfn, size);
}

void mmap_action_ioremap_full(struct vm_area_desc *desc, unsigned long start_pfn)
{
	ASK("mmap_action_ioremap_full", MMAP_IO_REMAP_PFN, start_pfn);
}

void mmap_action_simple_ioremap(struct vm_area_desc *desc, phys_addr_t start, unsigned long size)
{
	ASK("mmap_action_simple_ioremap", MMAP_SIMPLE_IO_REMAP, start, size);
}

void mmap_action_map_kernel_pages_full(struct vm_area_desc *desc, struct page **pages)
{
	ASK("mmap_action_map_kernel_pages_full", MMAP_MAP_KERNEL_PAGES, (unsigned long)pages);
}
