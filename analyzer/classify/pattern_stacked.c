// SPDX-License-Identifier: GPL-2.0-only
/* stacked: maps another file. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return contract_find(s->contract, EFFECT_STACK);
}

const struct pattern pattern_stacked = { .name = "stacked", .summary = "maps another file", .match = match };
