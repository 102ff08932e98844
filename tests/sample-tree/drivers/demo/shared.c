// SPDX-License-Identifier: GPL-2.0-only
/* A handler that other files of the driver put in their tables. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>

#include "demo.h"

// expect: class=remap verdict=auto patterns=remap state= outcome=converted
int demo_shared_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long pfn = (unsigned long)file_inode(file)->i_private;
	int ret;

	if (vma_pages(vma) != 1 || vma_start_pgoff(vma))
		return -EINVAL;

	ret = remap_pfn_range(vma, vma->vm_start, pfn, PAGE_SIZE, vma->vm_page_prot);
	if (ret)
		return -EAGAIN;
	return 0;
}
EXPORT_SYMBOL_GPL(demo_shared_mmap);

static int demo_shared_init(void)
{
	int ret = register_chrdev(246, "demo-shared", &demo_shared_fops);

	return ret ?: register_chrdev(247, "demo-shared-seek", &demo_shared_seek_fops);
}
module_init(demo_shared_init)
MODULE_LICENSE("GPL");
