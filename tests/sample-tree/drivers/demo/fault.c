// SPDX-License-Identifier: GPL-2.0-only
/* Pages that come one by one, when they are touched. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>

#define DEMO_BUF_PAGES	16

struct demo_buf {
	struct page *pages[DEMO_BUF_PAGES];
	unsigned long first_pfn;
};

static int demo_buf_open(struct inode *inode, struct file *file)
{
	file->private_data = kzalloc(sizeof(struct demo_buf), GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static int demo_buf_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static vm_fault_t demo_buf_fault(struct vm_fault *vmf)
{
	struct demo_buf *buf = vmf->vma->vm_private_data;

	if (vmf->pgoff >= DEMO_BUF_PAGES || !buf->pages[vmf->pgoff])
		return VM_FAULT_SIGBUS;
	vmf->page = buf->pages[vmf->pgoff];
	get_page(vmf->page);
	return 0;
}

static const struct vm_operations_struct demo_buf_vm_ops = {
	.fault	= demo_buf_fault,
};

static vm_fault_t demo_mixed_fault(struct vm_fault *vmf)
{
	struct demo_buf *buf = vmf->vma->vm_file->private_data;

	if (vmf->pgoff >= DEMO_BUF_PAGES)
		return VM_FAULT_SIGBUS;
	return vmf_insert_mixed(vmf->vma, vmf->address, buf->first_pfn + vmf->pgoff);
}

static const struct vm_operations_struct demo_mixed_vm_ops = {
	.fault	= demo_mixed_fault,
};

// expect: class=fault verdict=auto patterns=fault state= outcome=converted
static int demo_buf_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_buf *buf = file->private_data;

	if (vma_pages(vma) > DEMO_BUF_PAGES || vma->vm_pgoff > DEMO_BUF_PAGES - vma_pages(vma))
		return -EINVAL;

	/* The open file keeps the buffer. */
	vma->vm_private_data = buf;
	vma->vm_ops = &demo_buf_vm_ops;
	vm_flags_set(vma, VM_IO | VM_DONTEXPAND | VM_DONTDUMP);

	return 0;
}

// expect: class=mixedmap verdict=auto patterns=fault,mixedmap state= outcome=converted
static int demo_mixed_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &demo_mixed_vm_ops;
	vm_flags_set(vma, VM_MIXEDMAP | VM_DONTEXPAND);
	return 0;
}

/* One table for each kind of buffer; the third kind has no pages. */
static const struct file_operations demo_buf_fops[3] = {
	{
		.owner			=	THIS_MODULE,
		.open			=	demo_buf_open,
		.release		=	demo_buf_release,
		.mmap			=	demo_buf_mmap,
		.llseek			=	noop_llseek,
	},
	{
		.owner			=	THIS_MODULE,
		.open			=	demo_buf_open,
		.release		=	demo_buf_release,
		.mmap			=	demo_mixed_mmap,
	},
	{
		.owner			=	THIS_MODULE,
		.mmap			=	NULL,
	},
};

static int demo_buf_init(void)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(demo_buf_fops); i++)
		ret = register_chrdev(241 + i, "demo-buf", &demo_buf_fops[i]);
	return ret;
}
module_init(demo_buf_init)
MODULE_LICENSE("GPL");
