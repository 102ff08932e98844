// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	switch (vma->vm_flags & (VM_READ | VM_WRITE)) {
	case VM_READ:
		return 0;
	}
	return -EINVAL;
}
