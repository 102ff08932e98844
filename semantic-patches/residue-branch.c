// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
/* What is left stands in an #else branch behind a return. */
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &foo_vm_ops;
#ifdef CONFIG_FOO
	return 0;
#else
	return foo_map(vma);
#endif
}
