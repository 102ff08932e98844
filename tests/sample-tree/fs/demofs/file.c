// SPDX-License-Identifier: GPL-2.0-only
/* The files of a small file system. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>

static bool demofs_shut_down;

static vm_fault_t demofs_fault(struct vm_fault *vmf)
{
	return vmf->pgoff > 0 ? VM_FAULT_SIGBUS : VM_FAULT_NOPAGE;
}

static const struct vm_operations_struct demofs_file_vm_ops = {
	.fault		= demofs_fault,
	.page_mkwrite	= demofs_fault,
};

// expect: class=generic verdict=auto patterns=fault,generic state= outcome=converted
static int demofs_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	int ret;

	if (demofs_shut_down)
		return -EIO;

	ret = generic_file_mmap(file, vma);
	if (!ret)
		vma->vm_ops = &demofs_file_vm_ops;
	return ret;
}

// expect: class=generic verdict=auto patterns=generic state= outcome=converted
static int demofs_ro_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct inode *inode = file_inode(file);

	if (demofs_shut_down || !inode->i_size)
		return -EIO;

	return generic_file_readonly_mmap(file, vma);
}

/* Already on the new hook. */
static int demofs_dir_mmap_prepare(struct vm_area_desc *desc)
{
	if (demofs_shut_down)
		return -EIO;
	return generic_file_readonly_mmap_prepare(desc);
}

const struct file_operations demofs_file_operations = {
	.llseek		= noop_llseek,
	.mmap		= demofs_file_mmap,
};

const struct file_operations demofs_ro_file_operations = {
	.llseek			= noop_llseek,
	.mmap			= demofs_ro_mmap,
};

const struct file_operations demofs_dir_operations = {
	.mmap_prepare	= demofs_dir_mmap_prepare,
};

static void demofs_shut(void)
{
	demofs_shut_down = true;
}
module_exit(demofs_shut)
MODULE_LICENSE("GPL");
