// SPDX-License-Identifier: GPL-2.0-only
/* Tables with the handlers of log.c, and a handler that calls one. */
#include <linux/mm.h>

#include "demofs.h"

static unsigned int demofs_mapped;

// expect: class=delegate verdict=assisted patterns=delegate state=yes outcome=assisted
static int demofs_counted_mmap(struct file *file, struct vm_area_struct *vma)
{
	demofs_mapped++;
	return demofs_raw_mmap(file, vma);
}

const struct file_operations demofs_old_log_operations = {
	.mmap		= demofs_log_mmap,
};

const struct file_operations demofs_counted_operations = {
	.mmap	= demofs_counted_mmap,
};
