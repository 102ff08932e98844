// SPDX-License-Identifier: GPL-2.0-only
/* Where the contract does not know, the verdict is not auto. */
#include "classify/rules_internal.h"

#include <string.h>

static void effect(const struct effect *e, void *ctx)
{
	struct verdict *v = ((struct rule_walk *)ctx)->v;

	if (e->kind == EFFECT_CALL)
		verdict_reason(v, WEIGHT_ASSISTED, "unmodelled", e->line,
			       "%s%s is not modelled: it could change state", e->name, e->detail ? "" : "()");
}

void rules_unsure(const struct subject *s, struct verdict *v)
{
	struct rule_walk w = { s, v };
	const struct unmodelled *m;

	contract_each(s->contract, effect, &w);
	vec_each(m, &s->contract->unmodelled)
		if (!m->by_effect)
			verdict_reason(v, WEIGHT_ASSISTED, "unmodelled", m->line, "not followed: %s", m->reason);
	if (s->unit->status != UNIT_FULL)
		verdict_reason(v, WEIGHT_ASSISTED, "partial", 0,
			       "%s was not parsed whole, so something can be missing here", s->unit->file);
}
