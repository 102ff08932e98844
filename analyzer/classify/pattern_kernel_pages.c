// SPDX-License-Identifier: GPL-2.0-only
/* kernel_pages: maps an array of pages or vmalloc memory. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return any_action(s->contract, ACTION_MAP_PAGES) || any_action(s->contract, ACTION_MAP_PAGES_ZERO) ||
	       any_action(s->contract, ACTION_INSERT_PAGES) || any_action(s->contract, ACTION_VMALLOC);
}

const struct pattern pattern_kernel_pages = { .name = "kernel_pages", .summary = "maps an array of pages or vmalloc memory", .match = match };
