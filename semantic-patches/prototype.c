// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
struct file;
struct vm_area_struct;

extern int foo_mmap(struct file *file, struct vm_area_struct *vma);
int foo_mmap(struct file *, struct vm_area_struct *);
int foo_mmap_size(struct file *file, struct vm_area_struct *vma);
