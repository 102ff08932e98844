// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  drop: nommu-flags
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	return is_nommu_shared_mapping(vma->vm_flags) ? 0 : -ENOSYS;
}
