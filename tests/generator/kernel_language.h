/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernel code takes for granted before the first struct: its types, error numbers, flags and
 * the macros that are half of its language.  Part of kernel.h, which see for how it is read.
 */
#ifndef GENERATOR_KERNEL_LANGUAGE_H
#define GENERATOR_KERNEL_LANGUAGE_H

#define NULL ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)
typedef unsigned long size_t;
typedef _Bool bool;
enum { false, true };
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef unsigned long pgoff_t, vm_flags_t, phys_addr_t;
typedef unsigned int gfp_t;
typedef int vm_fault_t;
typedef struct {
	unsigned long pgprot;
} pgprot_t;

/* What is static to the analyzer has to be found by name in the shared object. */
#ifdef __clang__
#define HANDLER_STATIC static
#define DRIVER_DATA
#define DRIVER_TABLE
#else
#define HANDLER_STATIC
#define DRIVER_DATA __attribute__((section("driver_data")))
#define DRIVER_TABLE __attribute__((section("driver_tables")))
#endif

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define EPERM 1
#define EIO 5
#define ENXIO 6
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define EOVERFLOW 75
#define BIT(nr) (1UL << (nr))
#define GENMASK(h, l) (((~0UL) << (l)) & (~0UL >> (64 - 1 - (h))))
#define U32_MAX ((u32)~0U)
#define S32_MAX ((s32)(U32_MAX >> 1))
#define ULONG_MAX (~0UL)
#define GFP_KERNEL 0xcc0U
#define CAP_SYS_ADMIN 21
#define CAP_SYS_RAWIO 17

/* Flags as words, and by the number of their bit. */
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
	VMA_DONTDUMP_BIT = 26,
	VMA_MIXEDMAP_BIT = 28,
	VMA_HUGEPAGE_BIT = 29
};
#define VM_NONE 0x00000000UL
#define VM_READ 0x00000001UL
#define VM_WRITE 0x00000002UL
#define VM_EXEC 0x00000004UL
#define VM_SHARED 0x00000008UL
#define VM_MAYREAD 0x00000010UL
#define VM_MAYWRITE 0x00000020UL
#define VM_MAYEXEC 0x00000040UL
#define VM_MAYSHARE 0x00000080UL
#define VM_PFNMAP BIT(VMA_PFNMAP_BIT)
#define VM_LOCKED 0x00002000UL
#define VM_IO BIT(VMA_IO_BIT)
#define VM_DONTCOPY 0x00020000UL
#define VM_DONTEXPAND 0x00040000UL
#define VM_WIPEONFORK 0x02000000UL
#define VM_DONTDUMP 0x04000000UL
#define VM_MIXEDMAP 0x10000000UL
#define VM_HUGEPAGE 0x20000000UL

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define fallthrough __attribute__((__fallthrough__))
#define __always_inline inline __attribute__((__always_inline__))
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val) \
	do { \
		*(volatile __typeof__(x) *)&(x) = (val); \
	} while (0)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define container_of(ptr, type, member) \
	({ \
		void *__ptr = (void *)(ptr); \
		(type *)(__ptr - offsetof(type, member)); \
	})
#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)

/* CONFIG_X is defined as 1 or not at all. */
#define CONFIG_MMU 1
#define CONFIG_DEMO 1
#define SECOND_(a, b, ...) b
#define SECOND(...) SECOND_(__VA_ARGS__)
#define ENABLED_1 0, 1
#define IS_ENABLED__(value) SECOND(ENABLED_##value, 0, 0)
#define IS_ENABLED_(value) IS_ENABLED__(value)
#define IS_ENABLED(option) IS_ENABLED_(option)

/* Checked for their types, evaluated once. */
#define CHOOSE_(op, x, y, ux, uy) \
	({ \
		__auto_type ux = (x); \
		__auto_type uy = (y); \
		(void)((__typeof__(ux) *)0 == (__typeof__(uy) *)0); \
		ux op uy ? ux : uy; \
	})
#define min(x, y) CHOOSE_(<, x, y, PASTE(ux_, __COUNTER__), PASTE(uy_, __COUNTER__))
#define max(x, y) CHOOSE_(>, x, y, PASTE(ux_, __COUNTER__), PASTE(uy_, __COUNTER__))
#define min_t(type, x, y) min((type)(x), (type)(y))
#define max_t(type, x, y) max((type)(x), (type)(y))
#define clamp_t(type, v, lo, hi) min_t(type, max_t(type, v, lo), hi)
#define swap(a, b) \
	do { \
		__typeof__(a) __t = (a); \
		(a) = (b); \
		(b) = __t; \
	} while (0)
#define ALIGN(x, a) (((x) + ((__typeof__(x))(a) - 1)) & ~((__typeof__(x))(a) - 1))
#define PAGE_ALIGN(addr) ALIGN(addr, PAGE_SIZE)
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a) - 1)) == 0)
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define check_add_overflow(a, b, d) __builtin_add_overflow(a, b, d)
#define check_mul_overflow(a, b, d) __builtin_mul_overflow(a, b, d)

/* Logging: kept as one node by the parser; arguments are evaluated. */
void log_message(const char *format, ...);
#define pr_info(format, ...) log_message(format, ##__VA_ARGS__)
#define dev_err(dev, format, ...) log_message(format, dev, ##__VA_ARGS__)
#define dev_dbg(dev, format, ...) log_message(format, dev, ##__VA_ARGS__)
#define WARN_ON(condition) \
	({ \
		int __ret = !!(condition); \
		if (unlikely(__ret)) \
			log_message("warning"); \
		unlikely(__ret); \
	})
#define WARN_ON_ONCE(condition) WARN_ON(condition)

#endif
