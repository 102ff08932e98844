// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
/* Too short a range is refused ahead of the action, and error_override is not asked. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vm_iomap_memory(vma, foo_phys, foo_len))
		return -EAGAIN;
	return 0;
}
