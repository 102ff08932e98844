/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_X86_PAGE_H
#define _ASM_X86_PAGE_H

#include <linux/types.h>

#define PAGE_SHIFT	12
#define PAGE_SIZE	(1UL << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define PAGE_OFFSET	0xffff888000000000UL

#define __pa(x)			((phys_addr_t)((unsigned long)(x) - PAGE_OFFSET))
#define PHYS_PFN(x)		((unsigned long)((x) >> PAGE_SHIFT))
#define virt_to_page(kaddr)	pfn_to_page(PHYS_PFN(__pa(kaddr)))

#endif
