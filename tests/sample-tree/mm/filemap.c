// SPDX-License-Identifier: GPL-2.0-only
/* The helpers that handlers of plain files call; no table names them. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>

static vm_fault_t filemap_fault(struct vm_fault *vmf)
{
	return vmf->page ? 0 : VM_FAULT_SIGBUS;
}

const struct vm_operations_struct generic_file_vm_ops = {
	.fault = filemap_fault,
};

static int may_map_file(struct file *file, bool refuse_write)
{
	if (refuse_write)
		return -EINVAL;
	if (!file->f_mapping->a_ops)
		return -ENOEXEC;
	file_accessed(file);
	return 0;
}

int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	int ret = may_map_file(file, false);

	if (!ret)
		vma->vm_ops = &generic_file_vm_ops;
	return ret;
}
EXPORT_SYMBOL(generic_file_mmap);

int generic_file_mmap_prepare(struct vm_area_desc *desc)
{
	int ret = may_map_file(desc->file, false);

	if (!ret)
		desc->vm_ops = &generic_file_vm_ops;
	return ret;
}
EXPORT_SYMBOL(generic_file_mmap_prepare);

int generic_file_readonly_mmap(struct file *file, struct vm_area_struct *vma)
{
	const vm_flags_t writable = VM_SHARED | VM_MAYWRITE;
	int ret = may_map_file(file, (vma->vm_flags & writable) == writable);

	if (!ret)
		vma->vm_ops = &generic_file_vm_ops;
	return ret;
}
EXPORT_SYMBOL(generic_file_readonly_mmap);

int generic_file_readonly_mmap_prepare(struct vm_area_desc *desc)
{
	bool writable = vma_desc_test_all(desc, VMA_SHARED_BIT, VMA_MAYWRITE_BIT);
	int ret = may_map_file(desc->file, writable);

	if (!ret)
		desc->vm_ops = &generic_file_vm_ops;
	return ret;
}
EXPORT_SYMBOL(generic_file_readonly_mmap_prepare);
