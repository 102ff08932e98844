/* SPDX-License-Identifier: GPL-2.0-only */
/* What the drivers whose hooks break rules map: a unit with some windows. */
#ifndef DEMO_AUDIT_H
#define DEMO_AUDIT_H

#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>

enum { NR_WINDOWS = 4 };

struct demo_window {
	phys_addr_t base;
	unsigned long size;
	struct page *page;
};

struct demo_unit {
	struct mutex lock;
	struct kref ref;
	struct list_head users;
	unsigned long pfn, size;
	unsigned long last_start;
	unsigned int users_nr, seen;
	bool gone;
	struct demo_window windows[NR_WINDOWS];
};

/* include/linux/of.h */
struct device_node;
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev);
void of_node_put(struct device_node *node);

static inline void demo_unit_release(struct kref *ref)
{
	pr_debug("demo-audit: last reference to %p\n", ref);
}

#endif
