// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#if defined(CONFIG_FOO_DECLARATIONS)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;

	vma->vm_private_data = foo;
	return 0;
}
#elif defined(CONFIG_FOO_STATEMENTS)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	file_accessed(filp);
	vma->vm_ops = &foo_vm_ops;
	return 0;
}
#elif defined(CONFIG_FOO_BRANCHES)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
#ifdef CONFIG_MMU
	return -ENODEV;
#else
	return foo_check(filp);
#endif
}
#elif defined(CONFIG_FOO_GUARD)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	scoped_guard(mutex, &foo_lock) {
		if (!foo_check(filp))
			return -ENODEV;
		vma->vm_ops = &foo_vm_ops;
	}
	return 0;
}
#else
/* A stub that does not use it gets none. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return -ENOSYS;
}
#endif
