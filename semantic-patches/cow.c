// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int bar_check(struct vm_area_struct *vma)
{
	return is_cow_mapping(vma->vm_flags) ? -EINVAL : 0;
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	/* Registers are not memory. */
	if (is_cow_mapping(vma->vm_flags))
		return -EINVAL;
	if (foo->shared && !vma_is_cow_mapping(vma))
		return -EPERM;
	vma->vm_private_data = foo;
	return 0;
}
