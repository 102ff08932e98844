// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
/* The returned value is another one where nothing is mapped. */
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret = -ENODEV;

	mutex_lock(&foo_lock);
	if (foo_ready)
		ret = vm_iomap_memory(vma, foo_phys, foo_len);
	mutex_unlock(&foo_lock);
	return ret;
}
