// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	vm_flags_clear(vma, VM_ACCESS_FLAGS);
	return 0;
}
