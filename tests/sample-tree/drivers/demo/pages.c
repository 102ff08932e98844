// SPDX-License-Identifier: GPL-2.0-only
/* Kernel pages that are put into the mapping while mmap() runs. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>

struct demo_ring {
	void *buf;			/* physically contiguous, page aligned */
	struct page **pages;		/* for as long as the ring lives */
	unsigned long nr_pages;
	int nr_used;
};

/* The pages are nowhere in an array (R23). */
// expect: class=mixedmap verdict=core patterns=mixedmap state= outcome=core
static int demo_pages_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_ring *ring = file->private_data;
	unsigned long addr;
	char *buf = ring->buf;
	int ret;

	if (vma_pages(vma) > ring->nr_pages)
		return -EINVAL;

	for (addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE, buf += PAGE_SIZE) {
		ret = vm_insert_page(vma, addr, virt_to_page(buf));
		if (ret)
			return ret;
	}
	return 0;
}

/* The pages are in an array that lives as long as the open file: a loop for one action (R23). */
// expect: class=mixedmap verdict=auto patterns=mixedmap state= outcome=converted
static int demo_ring_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_ring *ring = file->private_data;
	unsigned long i;
	int ret;

	if (vma->vm_pgoff || vma_pages(vma) != ring->nr_pages)
		return -EINVAL;

	for (i = 0; i < ring->nr_pages; i++) {
		ret = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, ring->pages[i]);
		if (ret)
			return ret;
	}
	return 0;
}

/* A negative number of pages would be no pass of the loop, and of an action a huge one (R23). */
// expect: class=mixedmap verdict=assisted patterns=mixedmap state= outcome=assisted
static int demo_signed_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_ring *ring = file->private_data;
	int i, ret;

	for (i = 0; i < ring->nr_used; i++) {
		ret = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, ring->pages[i]);
		if (ret)
			return ret;
	}
	return 0;
}

/* Backwards: page i is not at place i. */
// expect: class=mixedmap verdict=assisted patterns=mixedmap state= outcome=assisted
static int demo_backward_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_ring *ring = file->private_data;
	unsigned long i;
	int ret;

	for (i = 0; i < ring->nr_pages; i++) {
		ret = vm_insert_page(vma, vma->vm_start + i * PAGE_SIZE, ring->pages[ring->nr_pages - 1 - i]);
		if (ret)
			return ret;
	}
	return 0;
}

/* The array is gone before the core could use it (R25). */
// expect: class=mixedmap verdict=assisted patterns=kernel_pages,mixedmap state= outcome=assisted
static int demo_bulk_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_ring *ring = file->private_data;
	unsigned long i, nr = vma_pages(vma);
	struct page **pages;
	int ret;

	if (nr > ring->nr_pages)
		return -EINVAL;
	pages = kcalloc(nr, sizeof(*pages), GFP_KERNEL);
	if (!pages)
		return -ENOMEM;
	for (i = 0; i < nr; i++)
		pages[i] = virt_to_page((char *)ring->buf + i * PAGE_SIZE);

	ret = vm_insert_pages(vma, vma->vm_start, pages, &nr);
	kfree(pages);
	return ret;
}

/* vm_map_pages() starts at vm_pgoff and checks the end; the action does neither, the hook must (R25). */
// expect: class=mixedmap verdict=auto patterns=kernel_pages state= outcome=converted
static int demo_map_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_ring *ring = file->private_data;

	vm_flags_set(vma, VM_DONTCOPY);
	return vm_map_pages(vma, ring->pages, ring->nr_pages);
}

static const struct file_operations demo_pages_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_pages_mmap,
};

static const struct file_operations demo_ring_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_ring_mmap,
};

static const struct file_operations demo_order_fops[] = {
	{ .owner = THIS_MODULE, .mmap = demo_signed_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_backward_mmap, },
};

static const struct file_operations demo_bulk_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_bulk_mmap,
};

static const struct file_operations demo_map_fops = {
	.owner = THIS_MODULE,
	.mmap = demo_map_mmap,
};

static int demo_pages_init(void)
{
	int ret = register_chrdev(226, "demo-pages", &demo_pages_fops);

	ret = ret ?: register_chrdev(263, "demo-order", &demo_order_fops[0]);
	ret = ret ?: register_chrdev(227, "demo-ring", &demo_ring_fops);
	ret = ret ?: register_chrdev(228, "demo-bulk", &demo_bulk_fops);
	return ret ?: register_chrdev(229, "demo-map", &demo_map_fops);
}
module_init(demo_pages_init)
MODULE_LICENSE("GPL");
