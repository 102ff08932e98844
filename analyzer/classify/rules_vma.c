// SPDX-License-Identifier: GPL-2.0-only
/* R15, R20, R26 and delegation: the vma itself is needed, and a hook has none. */
#include "classify/rules_internal.h"

#include <string.h>

#include "contract/describe.h"

/* mm/util.c: how a handler that has a vma calls a hook.  A hook has the descriptor that this makes. */
static bool is_compatibility(const struct effect *e)
{
	return (e->kind == EFFECT_ESCAPE || e->kind == EFFECT_DELEGATE) &&
	       (!strcmp(e->name, "compat_set_desc_from_vma") || !strcmp(e->name, "__compat_vma_mmap"));
}

/* A handler of another file is called, by name: it moves too. */
static bool to_peer(const struct subject *s, const struct effect *e, struct verdict *v)
{
	if ((e->kind != EFFECT_ESCAPE && e->kind != EFFECT_DELEGATE) || e->detail || !peer_called(s, e->name))
		return false;
	if (!hands_on(s->contract, e))
		verdict_reason(v, WEIGHT_ASSISTED, "R18", e->line,
			       "does more than to hand the mapping on to the handler %s(): what it sets or does around the call is to be judged with it",
			       e->name);
	return true;
}

static void effect(const struct effect *e, void *ctx)
{
	const struct subject *s = ((struct rule_walk *)ctx)->s;
	struct verdict *v = ((struct rule_walk *)ctx)->v;

	if (to_peer(s, e, v))
		return;

	if (is_compatibility(e)) {
		verdict_reason(v, WEIGHT_ASSISTED, "R26", e->line,
			       "%s() leads from a vma to a hook: a hook hands its own descriptor on", e->name);
		return;
	}
	switch (e->kind) {
	case EFFECT_DELEGATE:
		if (e->detail && field_has_hook(s, e->name)) {
			verdict_reason(v, WEIGHT_ASSISTED, "delegate", e->line,
				       "hands the vma to %s: what is installed there has to move to %s_prepare", e->name,
				       e->name);
		} else if (e->detail) {
			verdict_reason(v, WEIGHT_CORE, "delegate", e->line,
				       "hands the vma to %s, which has no mmap_prepare form", e->name);
			verdict_need(v, "%s_prepare", e->name);
		} else {
			verdict_reason(v, WEIGHT_CORE, "delegate", e->line,
				       "hands the vma to %s(), which has no form that takes a descriptor", e->name);
			verdict_need(v, "%s_prepare()", e->name);
		}
		break;
	case EFFECT_ESCAPE:
		verdict_reason(v, WEIGHT_CORE, "R20", e->line, "the vma goes to %s(), which wants a vma and %s", e->name,
			       effect_does(e) ? effect_does(e) : "of which nothing else is known");
		verdict_need(v, "%s() for a descriptor", e->name);
		break;
	case EFFECT_ACTION:
		if (!e->via)
			break;
		verdict_reason(v, WEIGHT_CORE, "R20", e->line,
			       "%s() of a header wants a vma; as it is read here it stands for %s(), which can depend on architecture and configuration",
			       e->via, e->name);
		verdict_need(v, "%s() for a descriptor", e->via);
		break;
	case EFFECT_STACK:
		verdict_reason(v, WEIGHT_CORE, "R18", e->line, "maps another file through %s()", e->name);
		verdict_need(v, NEED_STACKED);
		break;
	case EFFECT_STORE_VMA:
		verdict_reason(v, WEIGHT_CORE, "R20", e->line,
			       "keeps the vma or its mm in %s; neither the hook nor mapped gets one",
			       e->detail ? e->detail : "driver state");
		verdict_need(v, NEED_VMA);
		break;
	case EFFECT_VM_RANGE:
		verdict_reason(v, WEIGHT_CORE, "R15", e->line, "writes vma->%s, which a hook must not", e->name);
		verdict_need(v, NEED_RANGE);
		break;
	case EFFECT_VMA_FIELD:
		verdict_reason(v, WEIGHT_CORE, "R15", e->line, "writes vma->%s, which a descriptor does not have",
			       e->name);
		verdict_need(v, "vm_area_desc.%s", e->name);
		break;
	default:
		break;
	}
}

void rules_vma(const struct subject *s, struct verdict *v)
{
	struct rule_walk w = { s, v };

	contract_each(s->contract, effect, &w);
}
