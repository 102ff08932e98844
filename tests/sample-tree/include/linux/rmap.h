/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_RMAP_H
#define __LINUX_RMAP_H

#include <linux/mm_types.h>

// expect-field: rmap_walk_control.rmap_one role=excluded handlers=0 reached_from=0
struct rmap_walk_control {
	void *arg;
	bool (*rmap_one)(struct page *page, struct vm_area_struct *vma, unsigned long addr, void *arg);
};

void rmap_walk(struct page *page, struct vm_area_struct *vma, struct rmap_walk_control *control);
unsigned int demo_mappings(struct page *page, struct vm_area_struct *vma);

#endif
