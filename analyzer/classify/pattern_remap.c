// SPDX-License-Identifier: GPL-2.0-only
/* remap: maps PFNs with remap_pfn_range(). */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return any_action(s->contract, ACTION_REMAP);
}

const struct pattern pattern_remap = { .name = "remap", .summary = "maps PFNs with remap_pfn_range()", .match = match };
