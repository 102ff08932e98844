// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that leave something behind for which a hook has no counterpart, or only a careful one. */
#include <linux/bitops.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct demo_hold {
	unsigned long busy;
	struct vm_area_struct *vma;
	unsigned long pfn;
};

struct demo_block {
	struct list_head entry;
	struct kref ref;
	pgoff_t key;
	unsigned long pfn;
	unsigned long nr_pages;
};

static struct demo_hold demo_hold;
static LIST_HEAD(demo_blocks);
static DEFINE_SPINLOCK(demo_blocks_lock);

static vm_fault_t demo_hold_fault(struct vm_fault *vmf)
{
	return vmf_insert_pfn(vmf->vma, vmf->address, demo_hold.pfn);
}

static void demo_stored_close(struct vm_area_struct *vma)
{
	demo_hold.vma = NULL;
}

static const struct vm_operations_struct demo_stored_vm_ops = {
	.close = demo_stored_close,
	.fault = demo_hold_fault,
};

/* The pointer is kept, for demo_hold_revoke(); no hook is given one (R20). */
// expect: class=stateful verdict=core patterns=fault state=vma outcome=core
static int demo_stored_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (demo_hold.vma)
		return -EBUSY;
	vm_flags_set(vma, VM_PFNMAP | VM_DONTEXPAND | VM_DONTCOPY);
	vma->vm_ops = &demo_stored_vm_ops;
	demo_hold.vma = vma;
	return 0;
}

static void demo_hold_revoke(void)
{
	struct vm_area_struct *vma = demo_hold.vma;

	if (vma)
		zap_vma_ptes(vma, vma->vm_start, vma->vm_end - vma->vm_start);
}

static void demo_once_close(struct vm_area_struct *vma)
{
	clear_bit(0, &demo_hold.busy);
}

static const struct vm_operations_struct demo_once_vm_ops = {
	.close = demo_once_close,
	.fault = demo_hold_fault,
};

/* One mapping at a time; where the test goes decides whose close clears the bit (R2). */
// expect: class=stateful verdict=assisted patterns=fault state=latch outcome=assisted
static int demo_once_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (test_and_set_bit(0, &demo_hold.busy))
		return -EBUSY;
	vm_flags_set(vma, VM_PFNMAP | VM_DONTEXPAND | VM_DONTCOPY);
	vma->vm_ops = &demo_once_vm_ops;
	return 0;
}

static void demo_block_free(struct kref *ref)
{
	struct demo_block *block = container_of(ref, struct demo_block, ref);

	guard(spinlock)(&demo_blocks_lock);
	list_del(&block->entry);
	kfree(block);
}

static void demo_lookup_open(struct vm_area_struct *vma)
{
	struct demo_block *block = vma->vm_private_data;

	kref_get(&block->ref);
}

static void demo_lookup_close(struct vm_area_struct *vma)
{
	struct demo_block *block = vma->vm_private_data;

	kref_put(&block->ref, demo_block_free);
}

static const struct vm_operations_struct demo_lookup_vm_ops = {
	.open = demo_lookup_open,
	.close = demo_lookup_close,
};

/* The open file does not keep the block: it must be found and held in one step (R4). */
// expect: class=stateful verdict=core patterns=remap state=reference outcome=core
static int demo_lookup_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_block *block, *found = NULL;
	int ret;

	spin_lock(&demo_blocks_lock);
	list_for_each_entry(block, &demo_blocks, entry) {
		if (block->key == vma->vm_pgoff) {
			found = block;
			kref_get(&found->ref);
			break;
		}
	}
	spin_unlock(&demo_blocks_lock);
	if (!found)
		return -ENOENT;
	if (vma_pages(vma) != found->nr_pages) {
		ret = -EINVAL;
		goto put;
	}

	ret = remap_pfn_range(vma, vma->vm_start, found->pfn,
			      found->nr_pages << PAGE_SHIFT, vma->vm_page_prot);
	if (ret)
		goto put;
	vma->vm_private_data = found;
	vma->vm_ops = &demo_lookup_vm_ops;
	return 0;
put:
	kref_put(&found->ref, demo_block_free);
	return ret;
}

static const struct file_operations demo_stored_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_stored_mmap,
};

static const struct file_operations demo_once_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_once_mmap,
};

static const struct file_operations demo_lookup_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_lookup_mmap,
};

static int demo_hold_init(void)
{
	int ret = register_chrdev(223, "demo-stored", &demo_stored_fops);

	ret = ret ?: register_chrdev(224, "demo-once", &demo_once_fops);
	return ret ?: register_chrdev(225, "demo-lookup", &demo_lookup_fops);
}
module_init(demo_hold_init)
module_exit(demo_hold_revoke)
MODULE_LICENSE("GPL");
