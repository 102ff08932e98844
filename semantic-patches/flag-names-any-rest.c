// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  with: flag-names-any  drop: flag-names flag-both
/* A part of the mask, negated, inside another condition: precedence. */
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff && (vma->vm_flags & (VM_SHARED | VM_READ | VM_EXEC)) != (VM_SHARED | VM_READ))
		return -EINVAL;
	if (vma->vm_pgoff || (vma->vm_flags & (VM_SHARED | VM_READ | VM_EXEC)) == (VM_SHARED | VM_READ))
		return -EPERM;
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
