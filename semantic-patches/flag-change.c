// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_IO);
	vm_flags_set(vma, VM_DONTEXPAND|VM_DONTDUMP |
			  (VM_PFNMAP | VM_DONTCOPY));
	vm_flags_clear(vma, VM_MAYWRITE);
	vm_flags_mod(vma, VM_DONTCOPY | VM_MIXEDMAP, VM_MAYWRITE | VM_MAYEXEC);
	vm_flags_mod(vma, VM_WIPEONFORK, 0);
	vm_flags_mod(vma, 0, VM_MAYREAD);
	vm_flags_init(vma, vma->vm_flags | VM_NORESERVE);
	vm_flags_reset(vma, vma->vm_flags & ~VM_MAYWRITE);
	if (foo_fast)
		vma_set_flags(vma, VMA_HUGEPAGE_BIT, VMA_SEQ_READ_BIT);
	return 0;
}
