// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_RO
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return generic_file_readonly_mmap(filp, vma);
}
#else
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret = generic_file_mmap(filp, vma);

	if (!ret)
		vma->vm_ops = &foo_vm_ops;
	return ret;
}
#endif
