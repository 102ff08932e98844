// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret;

	foo_get(filp);
	ret = vm_iomap_memory(vma, foo_phys, foo_len);
	if (ret) {
		foo_put(filp);
		return ret;
	}
	return 0;
}
