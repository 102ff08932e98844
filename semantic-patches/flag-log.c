// SPDX-License-Identifier: GPL-2.0-only
// handler: foo_mmap  exit: 0
#define foo_dbg(fmt, ...) do { if (foo_debug) pr_info(fmt, ##__VA_ARGS__); } while (0)

static int foo_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct foo *foo = filp->private_data;
	size_t len = vma->vm_end - vma->vm_start;

	foo_dbg("len=0x%lx, flags=0x%lx", len, vma->vm_flags);
	if (foo->loud)
		dev_info_once(foo->dev, "%lx %lx\n", vma->vm_flags, vma->vm_flags);
	printk(KERN_DEBUG "flags=0x%lx\n", vma->vm_flags);
	pr_devel("foo_mmap(0x%016lx, 0x%016lx, 0x%lx, 0x%lx)\n",
			vma->vm_start, vma->vm_end, vma->vm_pgoff,
			vma->vm_flags);
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	vm_flags_clear(vma, VM_MAYWRITE);

	if (remap_pfn_range(vma, vma->vm_start, foo->pfn, len, vma->vm_page_prot)) {
		pr_err("no pages, flags 0x%lx\n", vma->vm_flags);
		return -EAGAIN;
	}
	foo_dbg("mapped at 0x%lx", vma->vm_start);
	return 0;
}
