// SPDX-License-Identifier: GPL-2.0-only
/* What the core changes when it populates, and what is written around it. */

HANDLER_STATIC int flags_after_remap_mmap(struct file *file, struct vm_area_struct *vma)
{
	int ret;

	ret = remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (ret)
		return ret;
	return vma->vm_flags & VM_PFNMAP ? 0 : -EINVAL;
}

/* A private mapping's pgoff becomes the pfn. */
HANDLER_STATIC int pgoff_after_remap_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	int ret;

	ret = remap_pfn_range(vma, vma->vm_start, d->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (ret)
		return ret;
	return dev_claim(d, vma->vm_pgoff);
}

HANDLER_STATIC int vm_ops_after_generic_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &demo_vm_ops;
	generic_file_mmap(file, vma);
	return vma->vm_ops == &demo_vm_ops;
}

HANDLER_STATIC int two_masks_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	vm_flags_set(vma, d->enabled ? VM_IO : VM_DONTDUMP | VM_DONTEXPAND);
	vm_flags_clear(vma, d->busy ? VM_MAYWRITE : VM_NONE);
	return 0;
}
