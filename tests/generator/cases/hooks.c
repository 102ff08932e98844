// SPDX-License-Identifier: GPL-2.0-only
/* Hooks: what is asked for, and what a descriptor has. */

HANDLER_STATIC int plain_mmap_prepare(struct vm_area_desc *desc)
{
	struct dev *d = desc->file->private_data;

	if (vma_desc_size(desc) > d->size)
		return -EINVAL;
	desc->page_prot = pgprot_noncached(desc->page_prot);
	mmap_action_remap_full(desc, d->pfn);
	return 0;
}

HANDLER_STATIC int flags_mmap_prepare(struct vm_area_desc *desc)
{
	if (vma_desc_test_any(desc, VMA_WRITE_BIT, VMA_MAYWRITE_BIT))
		return -EPERM;
	vma_desc_set_flags(desc, VMA_IO_BIT, VMA_DONTEXPAND_BIT);
	vma_desc_clear_flags(desc, VMA_MAYWRITE_BIT);
	return vma_desc_test_all(desc, VMA_IO_BIT, VMA_SHARED_BIT) ? 0 : -EINVAL;
}

HANDLER_STATIC int override_mmap_prepare(struct vm_area_desc *desc)
{
	struct dev *d = desc->file->private_data;

	mutex_lock(&d->lock);
	if (!d->busy) {
		mmap_action_ioremap(desc, desc->start, d->pfn + desc->pgoff, vma_desc_size(desc));
		desc->action.error_override = -EAGAIN;
	}
	desc->private_data = d;
	desc->vm_ops = &demo_vm_ops;
	mutex_unlock(&d->lock);
	return d->error;
}

/* The last one is what the core does. */
HANDLER_STATIC int two_actions_mmap_prepare(struct vm_area_desc *desc)
{
	struct dev *d = desc->file->private_data;

	mmap_action_simple_ioremap(desc, d->pfn << PAGE_SHIFT, d->size);
	if (desc->pgoff)
		mmap_action_map_kernel_pages_full(desc, d->pages);
	desc->pgoff = 0;
	return 0;
}
