// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that inode.c puts in its tables too. */
#include <linux/mm.h>

#include "demofs.h"

// expect: class=generic verdict=auto patterns=generic state= outcome=converted
int demofs_log_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!file_inode(file)->i_size)
		return -ENODEV;
	return generic_file_readonly_mmap(file, vma);
}

/* Its caller in inode.c keeps a count. */
// expect: class=flags verdict=assisted patterns=flags state= outcome=assisted
int demofs_raw_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTEXPAND);
	return 0;
}

const struct file_operations demofs_log_operations = {
	.llseek		= noop_llseek,
	.mmap		= demofs_log_mmap,
};

const struct file_operations demofs_raw_operations = {
	.mmap	= demofs_raw_mmap,
};
