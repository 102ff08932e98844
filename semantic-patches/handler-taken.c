// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 3
static int foo_mmap_prepare(struct foo *foo)
{
	return foo->ready ? 0 : -EAGAIN;
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return foo_mmap_prepare(filp->private_data);
}
