// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0  companions: foo_check,foo_map
static int foo_check(struct foo *foo, struct vm_area_struct *vma, const char *who);

static int foo_check(struct foo *foo, struct vm_area_struct *vma, const char *who)
{
	return vma->vm_end - vma->vm_start > foo->size ? -EINVAL : 0;
}

static int foo_map(struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, 0, vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;
	int rc;

	rc = foo_check(foo, vma, __func__);
	if (rc)
		return rc;
	return foo_map(vma);
}

static const struct file_operations foo_fops = {
	.mmap = foo_mmap,
};
