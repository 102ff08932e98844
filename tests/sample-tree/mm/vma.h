/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __MM_VMA_H
#define __MM_VMA_H

#include <linux/mm_types.h>

/* The neighbour that took the new range in, or NULL. */
struct vm_area_struct *vma_merge_with_neighbour(const struct vm_area_desc *desc);

unsigned long __mmap_region(struct mm_struct *mm, struct file *file, unsigned long addr,
			    unsigned long len, vma_flags_t vma_flags, pgoff_t pgoff);

#endif
