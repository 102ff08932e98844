// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  drop: flag-names flag-test flag-both
/* A kernel without the test helpers. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	return 0;
}
