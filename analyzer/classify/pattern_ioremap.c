// SPDX-License-Identifier: GPL-2.0-only
/* ioremap: maps device memory with io_remap_pfn_range() or vm_iomap_memory(). */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return any_action(s->contract, ACTION_IOREMAP) || any_action(s->contract, ACTION_SIMPLE_IOREMAP);
}

const struct pattern pattern_ioremap = { .name = "ioremap", .summary = "maps device memory with io_remap_pfn_range() or vm_iomap_memory()", .match = match };
