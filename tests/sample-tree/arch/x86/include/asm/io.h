/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _ASM_X86_IO_H
#define _ASM_X86_IO_H

#include <asm/page.h>

static inline phys_addr_t virt_to_phys(volatile void *address)
{
	return __pa(address);
}

#endif
