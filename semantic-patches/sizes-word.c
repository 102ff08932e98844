// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  with: flag-word sizes-word  drop: flag-change flag-names flag-names-any flag-test flag-both flag-log cow sizes size-local size-checked remap iomap-memory kernel-pages action-error action-override action-return action-order local-prot prot-argument locals
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long nr = vma_pages(vma) + 1;

	if (vma->vm_end - vma->vm_start > PAGE_SIZE || vma->vm_pgoff > nr - vma_pages(vma))
		return -EINVAL;
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
