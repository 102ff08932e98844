// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  open: foo_vma_open
static void foo_vma_open(struct vm_area_struct *vma)
{
	struct foo *foo = vma->vm_private_data;

	atomic_inc(&foo->mappings);
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;

	vm_flags_set(vma, VM_DONTEXPAND);
	vma->vm_ops = &foo_vm_ops;
	vma->vm_private_data = filp->private_data;
	vma->vm_ops->open(vma);
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
