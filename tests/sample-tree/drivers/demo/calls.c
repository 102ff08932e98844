// SPDX-License-Identifier: GPL-2.0-only
/* A handler that another one calls by name, and one that nobody can reach. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>

static const phys_addr_t demo_inner_base = 0xfe100000;

// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_inner_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return vm_iomap_memory(vma, demo_inner_base, SZ_64K);
}

/* Both move together (R18). */
// expect: class=remap verdict=auto patterns=ioremap state= outcome=converted
static int demo_outer_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;
	return demo_inner_mmap(file, vma);
}

/* Its table is kept for later; no device uses it. */
// expect: class=flags verdict=none patterns=flags state= outcome=none
static int demo_dead_mmap(struct file *file, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

static const struct file_operations demo_dead_fops __maybe_unused = {
	.owner = THIS_MODULE,
	.mmap = demo_dead_mmap,
};

static const struct file_operations demo_inner_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_inner_mmap,
};

static const struct file_operations demo_outer_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_outer_mmap,
};

static int demo_calls_init(void)
{
	int ret = register_chrdev(233, "demo-inner", &demo_inner_fops);

	return ret ?: register_chrdev(234, "demo-outer", &demo_outer_fops);
}
module_init(demo_calls_init)
MODULE_LICENSE("GPL");
