/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_BITOPS_H
#define __LINUX_BITOPS_H

#include <linux/kernel.h>

static inline bool test_and_set_bit(long nr, volatile unsigned long *addr)
{
	return __atomic_fetch_or(addr, BIT(nr), __ATOMIC_SEQ_CST) & BIT(nr);
}

static inline void clear_bit(long nr, volatile unsigned long *addr)
{
	__atomic_fetch_and(addr, ~BIT(nr), __ATOMIC_RELAXED);
}

#endif
