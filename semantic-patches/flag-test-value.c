// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long wanted = vma->vm_flags & (VM_READ | VM_WRITE);

	return wanted == foo_wanted ? 0 : -EINVAL;
}
