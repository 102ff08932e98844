// SPDX-License-Identifier: GPL-2.0-only
/* What the tree's API must offer for this handler at all. */
#include "classify/rules_internal.h"

void rules_api(const struct subject *s, struct verdict *v)
{
	const struct effect *e = first_action(s->contract);

	if (!s->tree->api[API_MMAP_PREPARE]) {
		verdict_reason(v, WEIGHT_CORE, "api", 0, "this tree has no f_op->mmap_prepare; it came with Linux %s",
			       API_FIRST_RELEASE);
		verdict_need(v, NEED_HOOK);
		return;
	}
	if (e && !s->tree->api[API_ACTION]) {
		verdict_reason(v, WEIGHT_CORE, "api", e->line, "%s() has no action in this tree", e->name);
		verdict_need(v, "%s", api_table[API_ACTION].key);
	}
	e = contract_find(s->contract, EFFECT_GENERIC);
	if (e && !s->tree->api[API_GENERIC_PREPARE]) {
		verdict_reason(v, WEIGHT_CORE, "api", e->line, "%s() has no prepare form in this tree", e->name);
		verdict_need(v, "%s", api_table[API_GENERIC_PREPARE].key);
	}
}
