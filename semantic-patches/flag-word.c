// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  with: flag-word sizes-word  drop: flag-change flag-names flag-names-any flag-test flag-both flag-log cow sizes size-local size-checked remap iomap-memory kernel-pages action-error action-override action-return action-order local-prot prot-argument locals
/* Linux 6.18: the flags are a word, there are no actions. */
static int foo_mmap(struct file *file, struct vm_area_struct *vma)
{
	if ((vma->vm_flags & (VM_SHARED | VM_WRITE)) == VM_WRITE || is_cow_mapping(vma->vm_flags))
		return -EPERM;
	if (vma_pages(vma) > 4)
		return -EINVAL;
	vm_flags_set(vma, VM_IO | FOO_FLAGS);
	vm_flags_clear(vma, VM_MAYWRITE);
	vm_flags_mod(vma, VM_DONTCOPY, VM_MAYEXEC | VM_EXEC);
	vm_flags_init(vma, vma->vm_flags | VM_DONTDUMP);
	pr_debug("flags %lx\n", vma->vm_flags);
	vma->vm_ops = &foo_vm_ops;
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
