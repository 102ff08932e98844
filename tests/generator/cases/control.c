// SPDX-License-Identifier: GPL-2.0-only
/* Scopes, jumps and checks. */

/* The form of scoped_guard() that jumps out of its loop. */
HANDLER_STATIC int scoped_jump_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	scoped_class(mutex, &d->lock) {
		if (d->busy)
			return -EBUSY;
		d->count++;
	}
	return 0;
}

HANDLER_STATIC int overflow_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long v = 1;

	if (check_add_overflow(vma->vm_pgoff << 40, vma->vm_start << 16, &v))
		return -EOVERFLOW;
	return v == 1 ? -EINVAL : 0;
}

HANDLER_STATIC int kept_item_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct item *i __free(kfree) = kmalloc(sizeof(*i), GFP_KERNEL);

	if (!i)
		return -ENOMEM;
	guard(mutex)(&d->lock);
	if (d->mem)
		return -EBUSY;
	d->mem = no_free_ptr(i);
	return 0;
}

HANDLER_STATIC int ladder_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	int ret;

	ret = mutex_lock_interruptible(&d->lock);
	if (ret)
		return ret;
	kref_get(&d->ref);
	ret = dev_check(d);
	if (ret < 0)
		goto put;
	ret = remap_pfn_range(vma, vma->vm_start, d->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (!ret)
		goto unlock;
put:
	kref_put(&d->ref, dev_release);
unlock:
	mutex_unlock(&d->lock);
	return ret;
}
