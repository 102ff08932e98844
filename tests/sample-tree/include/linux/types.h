/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_TYPES_H
#define __LINUX_TYPES_H

#include <linux/compiler_types.h>

#define NULL ((void *)0)

typedef _Bool bool;
enum { false, true };

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;

typedef __SIZE_TYPE__ size_t;
typedef long ssize_t;
typedef long long loff_t;
typedef unsigned int gfp_t;
typedef unsigned int umode_t;
typedef unsigned int __poll_t;
typedef u64 phys_addr_t;
typedef u64 dma_addr_t;
typedef phys_addr_t resource_size_t;
#define pgoff_t unsigned long

typedef struct { int counter; } atomic_t;

struct list_head { struct list_head *next, *prev; };

#define BITS_PER_LONG (8 * (int)sizeof(long))

#endif
