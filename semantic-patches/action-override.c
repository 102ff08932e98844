// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#ifdef CONFIG_FOO_IF
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	/* Maps it all. */
	if (remap_pfn_range(vma, vma->vm_start, 0x100,
			    vma->vm_end - vma->vm_start, vma->vm_page_prot)) {
		dev_err(foo_dev, "remap failed\n");
		return -EAGAIN;
	}

	return 0;
}
#elif defined(CONFIG_FOO_BRANCH)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	if (foo_io) {
		if (io_remap_pfn_range(vma, vma->vm_start, 0x100,
				       vma->vm_end - vma->vm_start, vma->vm_page_prot) != 0)
			return -EAGAIN;
	} else if (remap_pfn_range(vma, vma->vm_start, 0x200,
				   vma->vm_end - vma->vm_start, vma->vm_page_prot) < 0) {
		return -EIO;
	}
	return 0;
}
#elif defined(CONFIG_FOO_CHOICE)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, 0x100, vma->vm_end - vma->vm_start,
			       vma->vm_page_prot) ? -EAGAIN : 0;
}
#elif defined(CONFIG_FOO_PASS)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int ret;

	ret = foo_check(filp);
	if (ret)
		return ret;
	ret = vm_iomap_memory(vma, foo_phys, foo_len);
	if (ret) {
		pr_err("foo: no mapping: %d\n", ret);
		return ret;
	}
	vma->vm_ops = &foo_vm_ops;
	return 0;
}
#elif defined(CONFIG_FOO_REPLACED)
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int err;

	err = remap_pfn_range(vma, vma->vm_start, 0x100, vma->vm_end - vma->vm_start, vma->vm_page_prot);
	if (err < 0)
		return -EAGAIN;
	return 0;
}
#else
static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	int rc;

	rc = vm_iomap_memory(vma, foo_phys, foo_len);
	if (rc)
		pr_err("foo: no mapping\n");
	return rc;
}
#endif
