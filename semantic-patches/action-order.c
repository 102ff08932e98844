// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* One action on every path, and the fields that may follow it do. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret;

	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	if (foo_io)
		return io_remap_pfn_range(vma, vma->vm_start, 0x100, PAGE_SIZE, vma->vm_page_prot);
	ret = remap_pfn_range(vma, vma->vm_start, 0x200, PAGE_SIZE, vma->vm_page_prot);
	if (ret)
		return ret;
	vm_flags_set(vma, VM_DONTCOPY);
	vma->vm_ops = &foo_vm_ops;
	return 0;
}
