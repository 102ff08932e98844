// SPDX-License-Identifier: GPL-2.0-only
/* Names that are pasted, a choice, a callback set at run time. */
#include <linux/mm.h>
#include <video/demo_fb.h>

static int demo_bw_blank(struct demo_fb *fb, int how)
{
	return 0;
}

// expect: tier=2 interface=demo_fb_ops.fb_mmap reached_from=drivers/video/demo/fb_core.c:fb_mmap class=remap verdict=auto patterns=remap state= how=macro:DEMO_FB_OPS outcome=core
static int demo_bw_fb_mmap(struct demo_fb *fb, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, fb->base >> PAGE_SHIFT, vma->vm_end - vma->vm_start,
			       vma->vm_page_prot);
}

/* trap: a callback with a vma that no mmap leads to */
static void demo_bw_debug(struct demo_fb *fb, struct vm_area_struct *vma)
{
	fb->size = vma->vm_end - vma->vm_start;
}

static const struct demo_fb_ops demo_bw_ops = {
	.owner = THIS_MODULE,
	DEMO_FB_OPS(demo_bw),
	.fb_debug = demo_bw_debug,
};

/* One of two, chosen at run time: both names stand in an expression. */
// expect: tier=2 interface=demo_fb_ops.fb_mmap reached_from=drivers/video/demo/fb_core.c:fb_mmap class=reject verdict=assisted patterns=reject state= how=assignment outcome=assisted
static int demo_late_mmap(struct demo_fb *fb, struct vm_area_struct *vma)
{
	return -EACCES;
}

// expect: tier=2 interface=demo_fb_ops.fb_mmap reached_from=drivers/video/demo/fb_core.c:fb_mmap class=flags verdict=assisted patterns=flags state= flags_set=VM_DONTCOPY how=assignment outcome=assisted
static int demo_early_mmap(struct demo_fb *fb, struct vm_area_struct *vma)
{
	vm_flags_set(vma, VM_DONTCOPY);
	return 0;
}

static struct demo_fb_ops demo_late_ops;
static struct demo_fb demo_bw = { .ops = &demo_bw_ops }, demo_late = { .ops = &demo_late_ops };

static int demo_own_init(void)
{
	demo_late_ops.fb_mmap = demo_bw.size ? demo_late_mmap : demo_early_mmap;
	return demo_fb_register(&demo_bw) ?: demo_fb_register(&demo_late);
}
module_init(demo_own_init)
MODULE_LICENSE("GPL");
