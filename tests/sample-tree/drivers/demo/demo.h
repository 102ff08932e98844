/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __DRIVERS_DEMO_H
#define __DRIVERS_DEMO_H

struct file;
struct file_operations;
struct vm_area_struct;

int demo_shared_mmap(struct file *, struct vm_area_struct *);

extern const struct file_operations demo_shared_fops;
extern const struct file_operations demo_shared_seek_fops;

#endif
