// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static unsigned long start = 0x1000;

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff) {
		unsigned long start = vma->vm_start;

		pr_debug("foo at 0x%lx\n", start);
	}
	return remap_pfn_range(vma, start, 0x100, PAGE_SIZE, vma->vm_page_prot);
}
