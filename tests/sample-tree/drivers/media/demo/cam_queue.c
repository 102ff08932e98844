// SPDX-License-Identifier: GPL-2.0-only
/* Queues of buffers: what most drivers install, and the way on to the allocator. */
#include <linux/mm.h>
#include <media/demo_cam.h>

#define call_mem_op(q, op, args...) \
	((q)->mem_ops->op ? (q)->mem_ops->op(args) : -ENXIO)

/* The second level: found through the macro, in another file than the handlers. */
int demo_queue_mmap(struct demo_queue *queue, struct vm_area_struct *vma)
{
	if (vma->vm_pgoff >= queue->nr_bufs)
		return -EINVAL;
	return call_mem_op(queue, mmap, queue->bufs[vma->vm_pgoff], vma);
}
EXPORT_SYMBOL_GPL(demo_queue_mmap);

/* Only the compiler sees who calls this. */
int demo_meta_slow(struct vm_area_struct *vma)
{
	return demo_meta_ops->meta_mmap(vma);
}
EXPORT_SYMBOL_GPL(demo_meta_slow);

/* A default of the subsystem is a handler like any other. */
// expect: tier=2 interface=demo_cam_file_operations.mmap reached_from=drivers/media/demo/cam_core.c:demo_cam_mmap class=delegate verdict=core patterns=delegate state= outcome=core
int demo_queue_fop_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct demo_cam *cam = file->private_data;

	return demo_queue_mmap(&cam->queue, vma);
}
EXPORT_SYMBOL_GPL(demo_queue_fop_mmap);
MODULE_LICENSE("GPL");
