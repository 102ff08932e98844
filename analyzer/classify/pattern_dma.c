// SPDX-License-Identifier: GPL-2.0-only
/* dma: maps DMA memory with dma_mmap_*(). */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return any_action(s->contract, ACTION_DMA);
}

const struct pattern pattern_dma = { .name = "dma", .summary = "maps DMA memory with dma_mmap_*()", .match = match };
