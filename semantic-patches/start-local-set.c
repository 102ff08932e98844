// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;
	unsigned long addr, size;
	int ret;

	addr = vma->vm_start;
	size = vma->vm_end - addr;
	if (size > foo->size)
		return -EINVAL;

	ret = remap_pfn_range(vma, addr, foo->pfn, size, vma->vm_page_prot);
	if (ret)
		return ret;
	return 0;
}
