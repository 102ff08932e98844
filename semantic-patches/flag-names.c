// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* Linux 7.1 and later. */
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	if (vma->vm_flags & (VM_EXEC | VM_MAYEXEC))
		return -EPERM;
	if ((vma->vm_flags & (VM_SHARED | VM_MAYWRITE)) == (VM_SHARED | VM_MAYWRITE))
		return -EINVAL;
	if (vma->vm_pgoff && (vma->vm_flags & (VM_SHARED | VM_READ)) != (VM_SHARED | VM_READ))
		return -EINVAL;
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
