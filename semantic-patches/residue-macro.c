// handler: foo_mmap  exit: 3
/* A macro reaches for the vma by its name. */
#define foo_len() (vma->vm_end - vma->vm_start)
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	foo_log("%lx\n", vma->vm_flags);
	return foo_len() ? 0 : -EINVAL;
}
