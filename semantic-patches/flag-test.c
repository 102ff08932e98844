// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	bool exec = vma->vm_flags & VM_EXEC;
	bool ro = !(vma->vm_flags & VM_WRITE);

	if (exec || vma->vm_flags & VM_MAYEXEC)
		return -EPERM;
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	else if ((vma->vm_flags & (VM_WRITE|VM_MAYWRITE)) == 0)
		return -EACCES;
	if ((vma->vm_flags & VM_READ) != 0 && foo_secret)
		return -EACCES;
	if (foo_a && foo_b && (vma->vm_flags & VM_LOCKED))
		return -EAGAIN;
	if ((vma->vm_flags & (VM_SHARED | VM_WRITE)) == (VM_SHARED | VM_WRITE))
		return -EINVAL;
	if ((vma->vm_flags & (VM_SHARED | VM_MAYSHARE)) !=
	    (VM_SHARED | VM_MAYSHARE))
		return -EINVAL;
	if ((vma->vm_flags & (VM_READ|VM_WRITE)) != VM_READ)
		return -EROFS;
	if (foo_c && (vma->vm_flags & (VM_READ | VM_WRITE)) == VM_READ)
		return -EROFS;
	if (vma_test(vma, VMA_IO_BIT))
		return -EBUSY;
	while (vma->vm_flags & VM_SHARED && foo_more())
		foo_step();
	return vma->vm_flags & VM_MAYEXEC ? -EPERM : ro;
}
