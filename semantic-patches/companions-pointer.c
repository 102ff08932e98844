// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  companions: foo_check
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return foo_try(foo_check, vma);
}
