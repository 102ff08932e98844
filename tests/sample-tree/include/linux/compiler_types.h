/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_COMPILER_TYPES_H
#define __LINUX_COMPILER_TYPES_H

/* Address spaces mean something to sparse only. */
#define __user
#define __iomem
#define __force
#define __bitwise

#define __always_inline		inline __attribute__((__always_inline__))
#define __maybe_unused		__attribute__((__unused__))
#define __used			__attribute__((__used__))
#define __must_check		__attribute__((__warn_unused_result__))
#define __printf(fmt, args)	__attribute__((__format__(printf, fmt, args)))
#define __cleanup(func)		__attribute__((__cleanup__(func)))
#define __init
#define __exit

#define __PASTE_NOW(a, b)	a##b
#define __PASTE(a, b)		__PASTE_NOW(a, b)
#define __UNIQUE_ID(prefix)	__PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

#endif
