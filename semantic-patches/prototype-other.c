// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 255
int foo_mmap_size(struct file *file, struct vm_area_struct *vma);
