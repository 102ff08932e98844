// SPDX-License-Identifier: GPL-2.0-only
/* mixedmap: sets VM_MIXEDMAP, or inserts pages or PFNs one by one or in bulk while mmap() runs. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return flag_is_set(s->contract, "VM_MIXEDMAP") || any_action(s->contract, ACTION_INSERT_PAGE) ||
	       any_action(s->contract, ACTION_INSERT_PAGES) || any_action(s->contract, ACTION_INSERT_PFN);
}

const struct pattern pattern_mixedmap = { .name = "mixedmap", .summary = "sets VM_MIXEDMAP, or inserts pages or PFNs one by one or in bulk while mmap() runs", .match = match };
