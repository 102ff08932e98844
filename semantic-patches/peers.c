// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  peers: bar_mmap:bar_mmap_prepare,map_baz:map_baz_mmap_prepare
static int bar_mmap(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, 0, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff)
		return bar_mmap(filp, vma);
	return map_baz(filp,
		       vma);
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};

static const struct file_operations bar_fops = {
	.mmap = bar_mmap,
};
