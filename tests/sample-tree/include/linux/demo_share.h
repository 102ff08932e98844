/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_DEMO_SHARE_H
#define __LINUX_DEMO_SHARE_H

#include <linux/errno.h>

struct file;
struct vm_area_struct;

struct demo_share {
	unsigned long pfn;
	unsigned long size;
};

extern int demo_share_mmap(struct file *file, struct vm_area_struct *vma);
int demo_share_plain_mmap(struct file *file, struct vm_area_struct *vma);
int demo_share_given_mmap(struct file *file, struct vm_area_struct *vma);
int demo_share_more_mmap(struct file *file, struct vm_area_struct *vma);
void demo_share_use(int (*mmap)(struct file *file, struct vm_area_struct *vma));

#ifdef CONFIG_DEMO
int demo_share_stub_mmap(struct file *file, struct vm_area_struct *vma);
#else
static inline int demo_share_stub_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -ENODEV;
}
#endif

#endif
