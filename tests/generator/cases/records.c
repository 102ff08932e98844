// SPDX-License-Identifier: GPL-2.0-only
/* Structs by value, initializers, bit-fields. */

HANDLER_STATIC int designated_index_mmap(struct file *file, struct vm_area_struct *vma)
{
	u32 v[4] = { 7, [2] = vma->vm_pgoff };

	open_count = v[1];
	return (int)v[2];
}

HANDLER_STATIC int nested_initializer_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct window v = { .inner = { .len = vma->vm_end - vma->vm_start }, .tag = vma->vm_pgoff };

	d->window = v;
	return 0;
}

HANDLER_STATIC int positional_initializer_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct region r = { vma->vm_pgoff, 5 };

	d->count = r.base;
	return dev_accepts(d, r);
}

HANDLER_STATIC int bit_field_initializer_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct bits v = { .lo = vma->vm_pgoff, .sig = vma->vm_flags };

	return (int)v.lo + v.sig * 16;
}

HANDLER_STATIC int bit_field_store_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct bits v = { .lo = 1 };

	v.sig = vma->vm_pgoff;
	return v.sig;
}

HANDLER_STATIC int returned_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;
	struct region r = region_grow(dev_region(d, 2), vma->vm_pgoff);

	return (int)region_end(r);
}
/* They begin in the same byte, and are two members. */
HANDLER_STATIC int bit_field_neighbour_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct bits v = { .lo = 1 };

	v.mid--;
	return (int)v.lo;
}

HANDLER_STATIC int bit_field_neighbour_outside_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct dev *d = file->private_data;

	d->modes.wide = vma->vm_pgoff;
	return d->modes.kind + d->modes.on * 8;
}

