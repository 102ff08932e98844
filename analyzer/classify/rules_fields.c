// SPDX-License-Identifier: GPL-2.0-only
/* R13, R14, R16, R21: single fields. */
#include "classify/rules_internal.h"

#include <string.h>

static void effect(const struct effect *e, void *ctx)
{
	const struct rule_walk *w = ctx;
	struct verdict *v = w->v;

	switch (e->kind) {
	case EFFECT_FLAGS_SET:
	case EFFECT_FLAGS_CLEAR:
		if (e->detail)
			verdict_reason(v, WEIGHT_ASSISTED, "R16", e->line,
				       "flags come as %s, not as a list of VM_ names", e->detail);
		break;
	case EFFECT_FLAGS_OTHER:
		verdict_reason(v, WEIGHT_ASSISTED, "R16", e->line, "flags %s are no list of VM_ names",
			       e->detail ? e->detail : "that are written");
		break;
	case EFFECT_VM_OPS:
		if (!strcmp(e->name, "NULL"))
			verdict_reason(v, WEIGHT_ASSISTED, "R13", e->line,
				       "vm_ops = NULL would make the mapping anonymous in some releases");
		break;
	case EFFECT_VM_FILE:
		verdict_reason(v, WEIGHT_ASSISTED, "R14", e->line,
			       "replaces vm_file: the reference goes to the core, and merges see the new file");
		break;
	case EFFECT_PGOFF:
		if (!first_action(w->s->contract))
			verdict_reason(v, WEIGHT_ASSISTED, "R21", e->line,
				       "writes vm_pgoff without populating: a merge and a fault handler see the new value");
		break;
	default:
		break;
	}
}

void rules_fields(const struct subject *s, struct verdict *v)
{
	struct rule_walk w = { s, v };

	contract_each(s->contract, effect, &w);
}
