// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
/* The first case falls through to the second. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	switch (vma->vm_pgoff) {
	case 0:
		if (remap_pfn_range(vma, vma->vm_start, 0x100, PAGE_SIZE, vma->vm_page_prot))
			return -EAGAIN;
		fallthrough;
	case 1:
		if (remap_pfn_range(vma, vma->vm_start, 0x200, PAGE_SIZE, vma->vm_page_prot))
			return -EAGAIN;
		break;
	}
	return 0;
}
