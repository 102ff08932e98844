/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_SYSFS_H
#define __LINUX_SYSFS_H

#include <linux/types.h>

struct file;
struct kobject;
struct vm_area_struct;

struct attribute { const char *name; umode_t mode; };

// expect-field: bin_attribute.mmap role=not-reached handlers=1 reached_from=0
struct bin_attribute {
	struct attribute attr;
	size_t size;
	void *private;
	int (*mmap)(struct file *, struct kobject *, const struct bin_attribute *attr,
		    struct vm_area_struct *vma);
};

#endif
