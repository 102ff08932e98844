// SPDX-License-Identifier: GPL-2.0-only
/* The order of things when a file is mapped: hook, merge or new vma, action. */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "vma.h"

const struct vm_operations_struct vma_dummy_vm_ops = { };

unsigned long __mmap_region(struct mm_struct *mm, struct file *file, unsigned long addr,
			    unsigned long len, vma_flags_t vma_flags, pgoff_t pgoff)
{
	const bool have_mmap_prepare = file && file->f_op->mmap_prepare;
	struct vm_area_desc desc = {
		.mm = mm,
		.file = file,
		.start = addr,
		.end = addr + len,
		.pgoff = pgoff,
		.vm_file = file,
		.vma_flags = vma_flags,
		.vm_ops = &vma_dummy_vm_ops,
	};
	struct vm_area_struct *vma;
	bool allocated_new = false;
	int error = 0;

	if (have_mmap_prepare)
		error = vfs_mmap_prepare(file, &desc) ?: mmap_action_prepare(&desc);
	if (error)
		return error;

	vma = vma_merge_with_neighbour(&desc);
	if (!vma) {
		vma = kzalloc(sizeof(*vma), GFP_KERNEL);
		if (!vma)
			return -ENOMEM;
		allocated_new = true;
		vma->vm_mm = mm;
		vma->vm_start = addr;
		vma->vm_end = addr + len;
		vma->vm_pgoff = desc.pgoff;
		vma->vm_file = desc.vm_file;
		vma->flags = desc.vma_flags;
		vma->vm_page_prot = desc.page_prot;
		vma->vm_ops = desc.vm_ops;
		if (file && !have_mmap_prepare)
			error = vfs_mmap(file, vma);
	}

	if (have_mmap_prepare && allocated_new) {
		vma->vm_private_data = desc.private_data;
		error = mmap_action_complete(vma, &desc.action, false);
	}
	return error ? (unsigned long)error : addr;
}
