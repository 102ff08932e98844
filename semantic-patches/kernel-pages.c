// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct foo *foo = file->private_data;

	vm_flags_set(vma, VM_DONTCOPY);
	if (foo->zero)
		return vm_map_pages_zero(vma, foo->pages, foo->nr_pages);
	return vm_map_pages(vma, foo->pages, foo->nr_pages);
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
