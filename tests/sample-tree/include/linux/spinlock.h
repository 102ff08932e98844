/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_SPINLOCK_H
#define __LINUX_SPINLOCK_H

#include <linux/atomic.h>
#include <linux/cleanup.h>

typedef struct { atomic_t val; } spinlock_t;

#define DEFINE_SPINLOCK(name)	spinlock_t name = { ATOMIC_INIT(0) }

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

DEFINE_GUARD(spinlock, spinlock_t *, spin_lock(_T), spin_unlock(_T))

#endif
