// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = vma->vm_file->private_data;

	if (vma->vm_start & foo->mask || vma->vm_end > foo->limit)
		return -EINVAL;
	if (vma_start_pgoff(vma) != vma->vm_pgoff)
		return -EINVAL;
#ifdef CONFIG_FOO
	return vma->vm_pgoff ? -EINVAL : 0;
#else
	vma->vm_pgoff += foo->base >> PAGE_SHIFT;
	return 0;
#endif
}
