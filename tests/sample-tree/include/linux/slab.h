/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_SLAB_H
#define __LINUX_SLAB_H

#include <linux/cleanup.h>
#include <linux/types.h>

#define GFP_KERNEL	((gfp_t)0xcc0)

void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void *kcalloc(size_t n, size_t size, gfp_t flags);
void *kmemdup(const void *src, size_t len, gfp_t flags);
void kfree(const void *object);

DEFINE_FREE(kfree, void *, if (_T) kfree(_T))

#endif
