/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_MM_H
#define __LINUX_MM_H

#include <linux/kernel.h>
#include <linux/mm_types.h>

typedef int __bitwise vma_flag_t;

enum {
	VMA_READ_BIT = 0,
	VMA_WRITE_BIT = 1,
	VMA_EXEC_BIT = 2,
	VMA_SHARED_BIT = 3,
	VMA_MAYREAD_BIT = 4,
	VMA_MAYWRITE_BIT = 5,
	VMA_MAYEXEC_BIT = 6,
	VMA_MAYSHARE_BIT = 7,
	VMA_PFNMAP_BIT = 10,
	VMA_LOCKED_BIT = 13,
	VMA_IO_BIT = 14,
	VMA_DONTCOPY_BIT = 17,
	VMA_DONTEXPAND_BIT = 18,
	VMA_NORESERVE_BIT = 21,
	VMA_DONTDUMP_BIT = 26,
	VMA_MIXEDMAP_BIT = 28,
};

#define VM_NONE		0UL
#define VM_READ		BIT(VMA_READ_BIT)
#define VM_WRITE	BIT(VMA_WRITE_BIT)
#define VM_EXEC		BIT(VMA_EXEC_BIT)
#define VM_SHARED	BIT(VMA_SHARED_BIT)
#define VM_MAYREAD	BIT(VMA_MAYREAD_BIT)
#define VM_MAYWRITE	BIT(VMA_MAYWRITE_BIT)
#define VM_MAYEXEC	BIT(VMA_MAYEXEC_BIT)
#define VM_MAYSHARE	BIT(VMA_MAYSHARE_BIT)
#define VM_PFNMAP	BIT(VMA_PFNMAP_BIT)
#define VM_LOCKED	BIT(VMA_LOCKED_BIT)
#define VM_IO		BIT(VMA_IO_BIT)
#define VM_DONTCOPY	BIT(VMA_DONTCOPY_BIT)
#define VM_DONTEXPAND	BIT(VMA_DONTEXPAND_BIT)
#define VM_NORESERVE	BIT(VMA_NORESERVE_BIT)
#define VM_DONTDUMP	BIT(VMA_DONTDUMP_BIT)
#define VM_MIXEDMAP	BIT(VMA_MIXEDMAP_BIT)

#define VMA_REMAP_FLAGS	mk_vma_flags(VMA_IO_BIT, VMA_PFNMAP_BIT, VMA_DONTEXPAND_BIT, \
				     VMA_DONTDUMP_BIT)

#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)

// expect-field: vm_operations_struct.open role=excluded handlers=0
// expect-field: vm_operations_struct.close role=excluded handlers=0
// expect-field: vm_operations_struct.may_split role=excluded handlers=0
// expect-field: vm_operations_struct.access role=excluded handlers=0
struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);
	void (*close)(struct vm_area_struct *vma);
	/* A hook's mapping is there and was not merged with another; an error unmaps it again. */
	int (*mapped)(unsigned long start, unsigned long end, pgoff_t pgoff,
		      const struct file *file, void **vm_private_data);
	int (*may_split)(struct vm_area_struct *vma, unsigned long addr);
	vm_fault_t (*fault)(struct vm_fault *vmf);
	vm_fault_t (*huge_fault)(struct vm_fault *vmf, unsigned int order);
	vm_fault_t (*map_pages)(struct vm_fault *vmf, pgoff_t start_pgoff, pgoff_t end_pgoff);
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*pfn_mkwrite)(struct vm_fault *vmf);
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf, int len,
		      int write);
};

extern const struct vm_operations_struct vma_dummy_vm_ops;

/* Pages. */
struct page *pfn_to_page(unsigned long pfn);
unsigned long page_to_pfn(const struct page *page);
void get_page(struct page *page);
void put_page(struct page *page);
struct page *vmalloc_to_page(const void *addr);

/* Sets of flags by bit number. */
static inline vma_flags_t __mk_vma_flags(size_t count, const vma_flag_t *bits)
{
	vma_flags_t flags = EMPTY_VMA_FLAGS;

	while (count--)
		flags.__vma_flags[0] |= BIT(bits[count]);
	return flags;
}

#define mk_vma_flags(...)							\
	__mk_vma_flags(sizeof((const vma_flag_t[]){ __VA_ARGS__ }) / sizeof(vma_flag_t), \
		       (const vma_flag_t[]){ __VA_ARGS__ })

/* Flags of a mapping that exists. */
static inline void vm_flags_init(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->flags.__vma_flags[0] = flags;
}

static inline void vm_flags_reset(struct vm_area_struct *vma, vm_flags_t flags)
{
	vm_flags_init(vma, flags);
}

static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->flags.__vma_flags[0] |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->flags.__vma_flags[0] &= ~flags;
}

static inline void vm_flags_mod(struct vm_area_struct *vma, vm_flags_t set, vm_flags_t clear)
{
	vm_flags_init(vma, (vma->vm_flags | set) & ~clear);
}

static inline bool is_cow_mapping(vm_flags_t flags)
{
	return (flags & (VM_SHARED | VM_MAYWRITE)) == VM_MAYWRITE;
}

/* Flags of a mapping that is asked for. */
static inline bool vma_desc_test_any_mask(const struct vm_area_desc *desc, vma_flags_t flags)
{
	return desc->vma_flags.__vma_flags[0] & flags.__vma_flags[0];
}

static inline bool vma_desc_test_all_mask(const struct vm_area_desc *desc, vma_flags_t flags)
{
	return !(flags.__vma_flags[0] & ~desc->vma_flags.__vma_flags[0]);
}

static inline void vma_desc_set_flags_mask(struct vm_area_desc *desc, vma_flags_t flags)
{
	desc->vma_flags.__vma_flags[0] |= flags.__vma_flags[0];
}

static inline void vma_desc_clear_flags_mask(struct vm_area_desc *desc, vma_flags_t flags)
{
	desc->vma_flags.__vma_flags[0] &= ~flags.__vma_flags[0];
}

/* One bit. */
static inline bool vma_desc_test(const struct vm_area_desc *desc, vma_flag_t bit)
{
	return vma_desc_test_any_mask(desc, mk_vma_flags(bit));
}

#define vma_desc_test_any(desc, ...)	vma_desc_test_any_mask(desc, mk_vma_flags(__VA_ARGS__))
#define vma_desc_test_all(desc, ...)	vma_desc_test_all_mask(desc, mk_vma_flags(__VA_ARGS__))
#define vma_desc_set_flags(desc, ...)	vma_desc_set_flags_mask(desc, mk_vma_flags(__VA_ARGS__))
#define vma_desc_clear_flags(desc, ...)	vma_desc_clear_flags_mask(desc, mk_vma_flags(__VA_ARGS__))

static inline bool vma_desc_is_cow_mapping(struct vm_area_desc *desc)
{
	return is_cow_mapping(desc->vma_flags.__vma_flags[0]);
}

static inline void vma_set_anonymous(struct vm_area_struct *vma)
{
	vma->vm_ops = NULL;
}

static inline void vma_desc_set_anonymous(struct vm_area_desc *desc)
{
	desc->vm_ops = NULL;
}

/* Sizes: bytes, but for the two that say pages. */
static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) / PAGE_SIZE;
}

static inline pgoff_t vma_start_pgoff(const struct vm_area_struct *vma)
{
	return vma->vm_pgoff;
}

pgoff_t vma_start_anon_pgoff(const struct vm_area_struct *vma);

static inline unsigned long vma_desc_size(const struct vm_area_desc *desc)
{
	return desc->end - desc->start;
}

static inline unsigned long vma_desc_pages(const struct vm_area_desc *desc)
{
	return vma_desc_size(desc) / PAGE_SIZE;
}

static inline bool range_in_vma_desc(const struct vm_area_desc *desc, unsigned long start,
				     unsigned long end)
{
	return start >= desc->start && end <= desc->end && start <= end;
}

/* Filling a mapping that exists; all take the vma. */
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		    unsigned long size, pgprot_t prot);
int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
		       unsigned long size, pgprot_t prot);
int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len);
int vm_insert_page(struct vm_area_struct *, unsigned long addr, struct page *);
int vm_insert_pages(struct vm_area_struct *vma, unsigned long addr, struct page **pages,
		    unsigned long *num);
int vm_map_pages(struct vm_area_struct *vma, struct page **pages, unsigned long num);
int vm_map_pages_zero(struct vm_area_struct *vma, struct page **pages, unsigned long num);
vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn);
vm_fault_t vmf_insert_mixed(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn);
void vma_set_file(struct vm_area_struct *vma, struct file *file);
void zap_vma_ptes(struct vm_area_struct *vma, unsigned long address, unsigned long size);

/* What a hook may ask the core to fill a mapping with: one action a mapping. */
static inline void mmap_action_remap(struct vm_area_desc *desc, unsigned long start,
				     unsigned long start_pfn, unsigned long size)
{
	WARN_ON_ONCE(!range_in_vma_desc(desc, start, start + size));
	desc->action.type = MMAP_REMAP_PFN;
	desc->action.remap = (__typeof__(desc->action.remap)) {
		start, start_pfn, size, desc->page_prot,
	};
}

static inline void mmap_action_remap_full(struct vm_area_desc *desc, unsigned long start_pfn)
{
	mmap_action_remap(desc, desc->start, start_pfn, vma_desc_size(desc));
}

static inline void mmap_action_ioremap(struct vm_area_desc *desc, unsigned long start,
				       unsigned long start_pfn, unsigned long size)
{
	mmap_action_remap(desc, start, start_pfn, size);
	desc->action.type = MMAP_IO_REMAP_PFN;
}

static inline void mmap_action_ioremap_full(struct vm_area_desc *desc, unsigned long start_pfn)
{
	mmap_action_ioremap(desc, desc->start, start_pfn, vma_desc_size(desc));
}

static inline void mmap_action_simple_ioremap(struct vm_area_desc *desc,
					      phys_addr_t start_phys_addr, unsigned long size)
{
	desc->action.type = MMAP_SIMPLE_IO_REMAP;
	desc->action.simple_ioremap = (__typeof__(desc->action.simple_ioremap)) {
		start_phys_addr, size,
	};
}

static inline void mmap_action_map_kernel_pages(struct vm_area_desc *desc, unsigned long start,
						struct page **pages, unsigned long nr_pages)
{
	desc->action.type = MMAP_MAP_KERNEL_PAGES;
	desc->action.map_kernel = (__typeof__(desc->action.map_kernel)) {
		start, pages, nr_pages, desc->pgoff,
	};
}

static inline void mmap_action_map_kernel_pages_full(struct vm_area_desc *desc,
						     struct page **pages)
{
	mmap_action_map_kernel_pages(desc, desc->start, pages, vma_desc_pages(desc));
}

int mmap_action_prepare(struct vm_area_desc *desc);
int mmap_action_complete(struct vm_area_struct *vma, struct mmap_action *action, bool is_compat);

#endif
