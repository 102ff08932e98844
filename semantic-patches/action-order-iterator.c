// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo_bank *bank;

	list_for_each_entry(bank, &foo_banks, node) {
		if (remap_pfn_range(vma, vma->vm_start + bank->offset, bank->pfn, bank->size,
				    vma->vm_page_prot))
			return -EAGAIN;
	}
	return 0;
}
