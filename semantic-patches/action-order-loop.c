// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int i;

	for (i = 0; i < foo_banks; i++) {
		if (remap_pfn_range(vma, vma->vm_start + i * PAGE_SIZE, foo_bank[i], PAGE_SIZE,
				    vma->vm_page_prot))
			return -EAGAIN;
	}
	return 0;
}
