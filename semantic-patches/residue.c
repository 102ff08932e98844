// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	return foo_core_mmap(file->private_data, vma);
}
