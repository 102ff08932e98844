// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
/* The error of the action itself, with and without a message, before something else is done. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int err;

	if (vma->vm_pgoff) {
		err = vm_iomap_memory(vma, foo_phys, foo_len);
		if (err < 0)
			return err;
		vma->vm_ops = &foo_vm_ops;
		return 0;
	}
	err = vm_iomap_memory(vma, foo_phys + PAGE_SIZE, foo_len);
	if (err) {
		pr_err("foo: no mapping: %d\n", err);
		return err;
	}
	return 0;
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
