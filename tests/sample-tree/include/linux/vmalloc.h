/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __LINUX_VMALLOC_H
#define __LINUX_VMALLOC_H

#include <linux/types.h>

struct vm_area_struct;

void *vmalloc_user(unsigned long size);
void vfree(const void *addr);
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff);

#endif
