// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  drop: iomap-memory
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return vm_iomap_memory(vma, foo_phys, foo_len);
}
