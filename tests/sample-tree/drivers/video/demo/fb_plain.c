// SPDX-License-Identifier: GPL-2.0-only
/* Tables of macros alone: the text says all about them, no compiler has to. */
#include <linux/mm.h>
#include <video/demo_fb.h>

static const struct demo_fb_ops demo_plain_ops = {
	.owner = THIS_MODULE,
	DEMO_FB_DEFAULT_OPS,
};

static const struct demo_fb_ops demo_dark_ops = {
	.owner		= THIS_MODULE,
	.fb_blank	= demo_fb_io_blank,
	__DEMO_FB_DEFAULT_MMAP,
};

static struct demo_fb demo_plain = { .ops = &demo_plain_ops }, demo_dark = { .ops = &demo_dark_ops };

static int demo_plain_init(void)
{
	return demo_fb_register(&demo_plain) ?: demo_fb_register(&demo_dark);
}
module_init(demo_plain_init)
MODULE_LICENSE("GPL");
