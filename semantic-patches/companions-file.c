// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_map  exit: 0  helper: yes  companions: foo_map,foo_size
static int foo_map(struct file *file, struct vm_area_struct *area)
{
	struct foo *foo = area->vm_file->private_data;
	int ret;

	if (foo_size(area) > foo->size || file->f_flags & O_SYNC)
		return -EINVAL;
	area->vm_page_prot = pgprot_noncached(area->vm_page_prot);
	ret = remap_pfn_range(area, area->vm_start, foo->pfn, foo->size, area->vm_page_prot);
	if (ret)
		return ret;
	return 0;
}
