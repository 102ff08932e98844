// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  with: action-error-hook  drop: none
/* Two errors of its own, a message, an error that is not an action's, and a passed-on one. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret;

	if (vma->vm_pgoff > 2)
		return -EINVAL;
	if (vma->vm_pgoff == 1) {
		if (remap_pfn_range(vma, vma->vm_start, foo_pfn, vma->vm_end - vma->vm_start,
				    vma->vm_page_prot)) {
			pr_err("foo: no memory\n");
			return -EAGAIN;
		}
		return 0;
	}
	if (vma->vm_pgoff == 2)
		return io_remap_pfn_range(vma, vma->vm_start, foo_pfn, vma->vm_end - vma->vm_start,
					  vma->vm_page_prot) ? (-ENXIO) : 0;
	ret = remap_pfn_range(vma, vma->vm_start, bar_pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (ret)
		return ret;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
