/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __DEMOFS_H
#define __DEMOFS_H

#include <linux/fs.h>

/* log.c */
int demofs_log_mmap(struct file *file, struct vm_area_struct *vma);
int demofs_raw_mmap(struct file *file, struct vm_area_struct *vma);

extern const struct file_operations demofs_log_operations;

#endif
