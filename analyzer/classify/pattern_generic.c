// SPDX-License-Identifier: GPL-2.0-only
/* generic: maps the page cache with generic_file_mmap() or its kin. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return contract_find(s->contract, EFFECT_GENERIC);
}

const struct pattern pattern_generic = { .name = "generic", .summary = "maps the page cache with generic_file_mmap() or its kin", .match = match };
