/* SPDX-License-Identifier: GPL-2.0-only */
/* A subsystem that drivers hand their mappings to. */
#ifndef __LINUX_DEMO_SUB_H
#define __LINUX_DEMO_SUB_H

struct vm_area_struct;

struct demo_sub_queue {
	unsigned long pfn;
	unsigned long nr_pages;
};

int demo_sub_mmap(struct demo_sub_queue *queue, struct vm_area_struct *vma);

#endif
