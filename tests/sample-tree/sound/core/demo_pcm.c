// SPDX-License-Identifier: GPL-2.0-only
/* Streams: one table for playback, one for capture, and one for a card that is gone. */
#include <linux/mm.h>
#include <linux/module.h>
#include <sound/pcm.h>

#define SND_DEMO_OFFSET_STATUS	(0x80000000UL >> PAGE_SHIFT)

// expect: tier=2 interface=snd_pcm_ops.mmap reached_from=sound/core/demo_pcm.c:snd_demo_mmap class=remap verdict=auto patterns=ioremap state= outcome=core
static int snd_demo_lib_mmap(struct snd_pcm_substream *substream, struct vm_area_struct *vma)
{
	return vm_iomap_memory(vma, substream->status + PAGE_SIZE, SZ_64K);
}

static const struct snd_pcm_ops snd_demo_ops = {
	.mmap = snd_demo_lib_mmap,
};

static struct snd_pcm_substream snd_demo_substream = { .ops = &snd_demo_ops };

static int snd_demo_open(struct inode *inode, struct file *file)
{
	file->private_data = &snd_demo_substream;
	return 0;
}

// expect: class=delegate verdict=core patterns=delegate,ioremap state= outcome=core
static int snd_demo_mmap(struct file *file, struct vm_area_struct *area)
{
	struct snd_pcm_substream *substream = file->private_data;

	switch (area->vm_pgoff) {
	case SND_DEMO_OFFSET_STATUS:
		area->vm_pgoff = 0;
		return vm_iomap_memory(area, substream->status, PAGE_SIZE);
	case 0:
		if (!substream->ops->mmap)
			return -ENXIO;
		return substream->ops->mmap(substream, area);
	}
	return -EINVAL;
}

const struct file_operations snd_demo_f_ops[2] = {
	{
		.owner			=	THIS_MODULE,
		.open			=	snd_demo_open,
		.mmap			=	snd_demo_mmap,
	},
	{
		.owner			=	THIS_MODULE,
		.open			=	snd_demo_open,
		.llseek			=	noop_llseek,
		.mmap			=	snd_demo_mmap,
	},
};
EXPORT_SYMBOL(snd_demo_f_ops);

/* Live files are switched to this table: it has to offer the same hook as theirs (R19). */
// expect: class=reject verdict=core patterns=reject state= outcome=core
static int snd_demo_disconnect_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -ENODEV;
}

static const struct file_operations snd_demo_shutdown_f_ops = {
	.owner	= THIS_MODULE,
	.mmap	= snd_demo_disconnect_mmap,
};

void snd_demo_disconnect(struct file *file)
{
	file->f_op = &snd_demo_shutdown_f_ops;
}
EXPORT_SYMBOL_GPL(snd_demo_disconnect);

static int snd_demo_init(void)
{
	return register_chrdev(116, "demo-pcm", &snd_demo_f_ops[0]);
}
module_init(snd_demo_init)
MODULE_LICENSE("GPL");
