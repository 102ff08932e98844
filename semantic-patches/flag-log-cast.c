// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	pr_debug("flags 0x%llx\n", (u64)vma->vm_flags);
	return 0;
}
