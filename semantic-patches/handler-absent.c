// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 255
static int foo_mmap_size(struct vm_area_struct *vma)
{
	return vma->vm_end - vma->vm_start;
}
