// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  with: action-error-hook  drop: none
/* Another function's action, and one that is not the handler's, stay as they are. */
static int bar_mmap_prepare(struct vm_area_desc *desc)
{
	mmap_action_remap_full(desc, bar_pfn);
	desc->action.error_override = -EAGAIN;
	return 0;
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, foo_pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
	.mmap_prepare = bar_mmap_prepare,
};
