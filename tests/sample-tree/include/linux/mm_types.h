/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_MM_TYPES_H
#define __LINUX_MM_TYPES_H

#include <linux/atomic.h>
#include <linux/types.h>
#include <asm/page.h>
#include <asm/pgtable.h>

struct file;
struct vm_operations_struct;

typedef unsigned long vm_flags_t;
typedef unsigned int vm_fault_t;

#define VM_FAULT_SIGBUS	((vm_fault_t)0x02)
#define VM_FAULT_NOPAGE	((vm_fault_t)0x100)

/* A set of VMA_x_BIT; looked at and changed with the helpers of mm.h only. */
#define NUM_VMA_FLAG_BITS BITS_PER_LONG
typedef struct {
	unsigned long __vma_flags[1];
} vma_flags_t;

#define EMPTY_VMA_FLAGS ((vma_flags_t){ })

struct page {
	unsigned long flags;
	atomic_t _refcount;
};

struct mm_struct {
	atomic_t mm_count;
	unsigned long total_vm;
};

/* What the core does for a mmap_prepare hook once the mapping is there. */
enum mmap_action_type {
	MMAP_NOTHING,
	MMAP_REMAP_PFN,
	MMAP_IO_REMAP_PFN,
	MMAP_SIMPLE_IO_REMAP,
	MMAP_MAP_KERNEL_PAGES,
};

struct mmap_action {
	union {
		struct {
			unsigned long start;
			unsigned long start_pfn;
			unsigned long size;
			pgprot_t pgprot;
		} remap;
		struct {
			phys_addr_t start_phys_addr;
			unsigned long size;
		} simple_ioremap;
		struct {
			unsigned long start;
			struct page **pages;
			unsigned long nr_pages;
			pgoff_t pgoff;
		} map_kernel;
	};
	enum mmap_action_type type;
	int error_override;		/* given to user space in place of the action's error */
	bool hide_from_rmap_until_complete :1;
};

/* A mapping that is about to be made, as a mmap_prepare hook sees it. */
struct vm_area_desc {
	/* Input only. */
	struct mm_struct *mm;
	struct file *file;
	unsigned long start;
	unsigned long end;

	/* May be changed. */
	pgoff_t pgoff;
	struct file *vm_file;
	vma_flags_t vma_flags;
	pgprot_t page_prot;

	/* Output only. */
	const struct vm_operations_struct *vm_ops;
	void *private_data;
	struct mmap_action action;
};

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	union {
		const vm_flags_t vm_flags;
		vma_flags_t flags;
	};
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_pgoff;
	struct file *vm_file;
	void *vm_private_data;
};

struct vm_fault {
	struct vm_area_struct *vma;
	pgoff_t pgoff;
	unsigned long address;
	unsigned int flags;
	struct page *page;
};

#endif
