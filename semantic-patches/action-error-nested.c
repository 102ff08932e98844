// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* No braces around it: the else stays with its if. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (foo_io)
		if (remap_pfn_range(vma, vma->vm_start, 0x100, vma->vm_end - vma->vm_start, vma->vm_page_prot))
			return -EAGAIN;
	return foo_done(filp);
}
