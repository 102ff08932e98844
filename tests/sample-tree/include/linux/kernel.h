/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_KERNEL_H
#define __LINUX_KERNEL_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/types.h>

#define BIT(nr)			(1UL << (nr))
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define ALIGN(x, a)		(((x) + (a) - 1) & ~((__typeof__(x))(a) - 1))

#define min(a, b) ({				\
	__typeof__(a) min_a = (a);		\
	__typeof__(b) min_b = (b);		\
	min_a < min_b ? min_a : min_b; })

#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - __builtin_offsetof(type, member)))

#define WARN_ON_ONCE(condition) ({		\
	static bool warned;			\
	bool hit = !!(condition);		\
	if (hit && !warned) {			\
		warned = true;			\
		pr_warn("%s:%d\n", __FILE__, __LINE__);	\
	}					\
	hit; })

#define SZ_4K	0x00001000
#define SZ_64K	0x00010000
#define SZ_1M	0x00100000

void *memcpy(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);

#endif
