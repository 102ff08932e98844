// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that leave the work to a helper which wants the vma. */
#include <linux/demo_external.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

struct demo_dma {
	struct device *dev;
	void *cpu;
	dma_addr_t dma;
	size_t size;
};

static vm_fault_t demo_external_fault(struct vm_fault *vmf)
{
	return VM_FAULT_SIGBUS;
}

static const struct vm_operations_struct demo_external_vm_ops = {
	.fault = demo_external_fault,
};

// expect: class=mixedmap verdict=core patterns=kernel_pages state= outcome=core
static int demo_vmalloc_mmap(struct file *file, struct vm_area_struct *vma)
{
	void *log = file->private_data;

	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	vm_flags_clear(vma, VM_MAYWRITE);
	return remap_vmalloc_range(vma, log, vma->vm_pgoff);
}

// expect: class=remap verdict=core patterns=dma state= outcome=core
static int demo_dma_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_dma *buf = file->private_data;

	if (vma->vm_end - vma->vm_start > PAGE_ALIGN(buf->size))
		return -EINVAL;
	return dma_mmap_coherent(buf->dev, vma, buf->cpu, buf->dma,
				 vma->vm_end - vma->vm_start);
}

/* Nobody here knows what the other module does with the vma (R20). */
// expect: class=fault verdict=core patterns=fault state= outcome=core
static int demo_external_mmap(struct file *file, struct vm_area_struct *vma)
{
	demo_external_thing(vma);
	vm_flags_set(vma, VM_DONTEXPAND);
	vma->vm_ops = &demo_external_vm_ops;
	return 0;
}

static const struct file_operations demo_vmalloc_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_vmalloc_mmap,
};

static const struct file_operations demo_dma_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_dma_mmap,
};

static const struct file_operations demo_external_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_external_mmap,
};

static int demo_helpers_init(void)
{
	int ret = register_chrdev(230, "demo-vmalloc", &demo_vmalloc_fops);

	ret = ret ?: register_chrdev(231, "demo-dma", &demo_dma_fops);
	return ret ?: register_chrdev(232, "demo-external", &demo_external_fops);
}
module_init(demo_helpers_init)
MODULE_LICENSE("GPL");
