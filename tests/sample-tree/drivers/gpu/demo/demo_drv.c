// SPDX-License-Identifier: GPL-2.0-only
/* Two drivers of graphics buffers: a table made by a macro, and one with the macro's fields. */
#include <drm/demo_gem.h>
#include <linux/mm.h>

// expect: tier=2 interface=demo_gem_object_funcs.mmap reached_from=drivers/gpu/demo/demo_gem.c:demo_gem_mmap class=remap verdict=auto patterns=ioremap state= how=rust,static outcome=core
static int demo_vram_mmap(struct demo_gem_object *obj, struct vm_area_struct *vma)
{
	return io_remap_pfn_range(vma, vma->vm_start, obj->pfn, vma->vm_end - vma->vm_start,
				  pgprot_writecombine(vma->vm_page_prot));
}

static const struct demo_gem_object_funcs demo_vram_funcs = {
	.mmap = demo_vram_mmap,
};

static struct demo_gem_object demo_vram = { .funcs = &demo_vram_funcs, .size = SZ_1M };

DEFINE_DEMO_GEM_FOPS(demo_drv_fops);

static const struct file_operations demo_render_fops = {
	.owner = THIS_MODULE,
	DEMO_GEM_FOPS,
	.poll = NULL,
};

static int demo_drv_init(void)
{
	int ret = register_chrdev(200, "demo-drv", &demo_drv_fops);

	demo_vram.pfn = 0xe0000;
	return ret ?: register_chrdev(201, "demo-render", &demo_render_fops);
}
module_init(demo_drv_init)
MODULE_LICENSE("GPL");
