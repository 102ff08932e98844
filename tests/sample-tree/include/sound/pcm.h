/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __SOUND_PCM_H
#define __SOUND_PCM_H

#include <linux/fs.h>

struct vm_area_struct;
struct snd_pcm_substream;

// expect-field: snd_pcm_ops.mmap role=tier-2 handlers=1 reached_from=1
struct snd_pcm_ops {
	int (*trigger)(struct snd_pcm_substream *substream, int cmd);
	int (*mmap)(struct snd_pcm_substream *substream, struct vm_area_struct *vma);
};

struct snd_pcm_substream {
	const struct snd_pcm_ops *ops;
	phys_addr_t status;
};

extern const struct file_operations snd_demo_f_ops[2];

void snd_demo_disconnect(struct file *file);

#endif
