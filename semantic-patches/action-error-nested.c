// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* No braces around it: the else stays with its if. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (foo_io)
		if (vm_iomap_memory(vma, foo_phys, foo_len))
			return -EAGAIN;
	return foo_done(filp);
}
