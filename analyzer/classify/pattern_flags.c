// SPDX-License-Identifier: GPL-2.0-only
/* flags: sets flags or the protection and nothing else. */
#include "classify/classify.h"

static bool match(const struct subject *s)
{
	const struct contract *c = s->contract;

	return (contract_find(c, EFFECT_FLAGS_SET) || contract_find(c, EFFECT_FLAGS_CLEAR) ||
		contract_find(c, EFFECT_FLAGS_OTHER) || contract_find(c, EFFECT_PAGE_PROT)) &&
	       !contract_find(c, EFFECT_ACTION) && !contract_find(c, EFFECT_VM_OPS) &&
	       !contract_find(c, EFFECT_GENERIC) && !contract_find(c, EFFECT_DELEGATE) &&
	       !contract_find(c, EFFECT_STACK) && !contract_find(c, EFFECT_VM_FILE) &&
	       !flag_is_set(c, "VM_MIXEDMAP");
}

const struct pattern pattern_flags = { .name = "flags", .summary = "sets flags or the protection and nothing else", .match = match };
