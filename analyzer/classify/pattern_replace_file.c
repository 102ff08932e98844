// SPDX-License-Identifier: GPL-2.0-only
/* replace_file: replaces vm_file. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	return contract_find(s->contract, EFFECT_VM_FILE);
}

const struct pattern pattern_replace_file = { .name = "replace_file", .summary = "replaces vm_file", .match = match };
