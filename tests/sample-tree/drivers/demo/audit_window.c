// SPDX-License-Identifier: GPL-2.0-only
/* What hooks of another file hand their descriptor to. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>

int demo_window_twice_prepare(struct vm_area_desc *desc, phys_addr_t base, unsigned long size);
int demo_window_once_prepare(struct vm_area_desc *desc, phys_addr_t base, unsigned long size);

/* R8: the offset is added here, and by the action again. */
int demo_window_twice_prepare(struct vm_area_desc *desc, phys_addr_t base, unsigned long size)
{
	phys_addr_t start = base + (desc->pgoff << PAGE_SHIFT);

	if (start + vma_desc_size(desc) > base + size)
		return -EFAULT;
	// expect-audit: R8 cookie-pgoff certain
	mmap_action_simple_ioremap(desc, start, vma_desc_size(desc));
	return 0;
}

int demo_window_once_prepare(struct vm_area_desc *desc, phys_addr_t base, unsigned long size)
{
	if (vma_desc_size(desc) > size)
		return -EFAULT;
	mmap_action_simple_ioremap(desc, base, size);
	return 0;
}
