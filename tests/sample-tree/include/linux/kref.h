/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_KREF_H
#define __LINUX_KREF_H

#include <linux/refcount.h>

struct kref { refcount_t refcount; };

static inline void kref_get(struct kref *kref)
{
	refcount_inc(&kref->refcount);
}

static inline int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (!refcount_dec_and_test(&kref->refcount))
		return 0;
	release(kref);
	return 1;
}

#endif
