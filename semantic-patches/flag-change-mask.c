// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
#define FOO_FLAGS (VM_IO | VM_PFNMAP)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	vm_flags_set(vma, FOO_FLAGS);
	return 0;
}
