/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_MUTEX_H
#define __LINUX_MUTEX_H

#include <linux/atomic.h>
#include <linux/cleanup.h>

struct mutex { atomic_t owner; };

#define DEFINE_MUTEX(name)	struct mutex name = { ATOMIC_INIT(0) }

void mutex_lock(struct mutex *lock);
int __must_check mutex_lock_interruptible(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))

#endif
