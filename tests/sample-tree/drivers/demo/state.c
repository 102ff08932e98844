// SPDX-License-Identifier: GPL-2.0-only
/* Handlers that leave something behind, and whose vm_ops give it back. */
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct demo_obj {
	struct kref ref;
	atomic_t nr_mappings;
	struct page *page;
};

/* One mapping of a demo_track file. */
struct demo_map {
	struct list_head entry;
	unsigned long start;
};

static LIST_HEAD(demo_maps);
static DEFINE_MUTEX(demo_maps_lock);

static void demo_obj_free(struct kref *ref)
{
	struct demo_obj *obj = container_of(ref, struct demo_obj, ref);

	put_page(obj->page);
	kfree(obj);
}

static vm_fault_t demo_obj_fault(struct vm_fault *vmf)
{
	struct demo_obj *obj = vmf->vma->vm_private_data;

	if (vmf->pgoff)
		return VM_FAULT_SIGBUS;
	vmf->page = obj->page;
	get_page(obj->page);
	return 0;
}

static void demo_kref_open(struct vm_area_struct *vma)
{
	struct demo_obj *obj = vma->vm_private_data;

	kref_get(&obj->ref);
}

static void demo_kref_close(struct vm_area_struct *vma)
{
	struct demo_obj *obj = vma->vm_private_data;

	kref_put(&obj->ref, demo_obj_free);
}

static const struct vm_operations_struct demo_kref_vm_ops = {
	.open	= demo_kref_open,
	.close	= demo_kref_close,
	.fault	= demo_obj_fault,
};

/* The reference outlives the call: it is taken again in mapped (R1). */
// expect: class=stateful verdict=assisted patterns=fault state=reference outcome=assisted
static int demo_kref_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_obj *obj = file->private_data;

	if (vma_pages(vma) != 1)
		return -EINVAL;

	kref_get(&obj->ref);
	vma->vm_private_data = obj;
	vma->vm_ops = &demo_kref_vm_ops;
	vm_flags_set(vma, VM_DONTEXPAND);
	return 0;
}

static void demo_count_open(struct vm_area_struct *vma)
{
	struct demo_obj *obj = vma->vm_private_data;

	atomic_inc(&obj->nr_mappings);
}

static void demo_count_close(struct vm_area_struct *vma)
{
	struct demo_obj *obj = vma->vm_private_data;

	atomic_dec(&obj->nr_mappings);
}

static const struct vm_operations_struct demo_count_vm_ops = {
	.open	= demo_count_open,
	.close	= demo_count_close,
	.fault	= demo_obj_fault,
};

/* Calls its own open by hand (R5). */
// expect: class=stateful verdict=auto patterns=fault state=count,open outcome=converted
static int demo_count_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &demo_count_vm_ops;
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
	vma->vm_private_data = file->private_data;
	demo_count_open(vma);
	return 0;
}

static void demo_track_close(struct vm_area_struct *vma)
{
	struct demo_map *map = vma->vm_private_data;

	guard(mutex)(&demo_maps_lock);
	list_del(&map->entry);
	kfree(map);
}

static vm_fault_t demo_track_fault(struct vm_fault *vmf)
{
	return VM_FAULT_SIGBUS;
}

static const struct vm_operations_struct demo_track_vm_ops = {
	.close	= demo_track_close,
	.fault	= demo_track_fault,
};

// expect: class=stateful verdict=assisted patterns=fault state=allocation,list outcome=assisted
static int demo_track_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_map *map __free(kfree) = kzalloc(sizeof(*map), GFP_KERNEL);

	if (!map)
		return -ENOMEM;
	map->start = vma->vm_start;
	vm_flags_set(vma, VM_DONTCOPY | VM_DONTEXPAND);
	vma->vm_ops = &demo_track_vm_ops;
	scoped_guard(mutex, &demo_maps_lock)
		list_add(&map->entry, &demo_maps);
	vma->vm_private_data = no_free_ptr(map);
	return 0;
}

static const struct file_operations demo_state_fops[] = {
	{ .owner = THIS_MODULE, .mmap = demo_kref_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_count_mmap, },
	{ .owner = THIS_MODULE, .mmap = demo_track_mmap, },
};

static int demo_state_init(void)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(demo_state_fops); i++)
		ret = register_chrdev(220 + i, "demo-state", &demo_state_fops[i]);
	return ret;
}
module_init(demo_state_init)
MODULE_LICENSE("GPL");
