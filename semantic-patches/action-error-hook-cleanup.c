// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3  with: action-error-hook  drop: none
/* More than an errno of its own: a hook for the error cannot say it. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (remap_pfn_range(vma, vma->vm_start, foo_pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot)) {
		foo_free(filp);
		return -EAGAIN;
	}
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
