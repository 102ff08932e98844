// SPDX-License-Identifier: GPL-2.0-only
/* R7, R8, R10, R11, R22, R23, R25: how the PTEs are populated, and whether an action can. */
#include "classify/rules_internal.h"

#include <string.h>

/* Populating the page tables by calls of which an action stands for one. */
static bool is_whole_action(const struct effect *e)
{
	return e->action == ACTION_REMAP || e->action == ACTION_IOREMAP || e->action == ACTION_SIMPLE_IOREMAP ||
	       e->action == ACTION_INSERT_PAGES || e->action == ACTION_MAP_PAGES ||
	       e->action == ACTION_MAP_PAGES_ZERO;
}

static void pages(const struct rule_walk *w, const struct effect *e)
{
	struct verdict *v = w->v;

	if (!w->s->tree->api[API_MAP_KERNEL_PAGES]) {
		verdict_reason(v, WEIGHT_CORE, "R25", e->line, "%s() has no action in this tree", e->name);
		verdict_need(v, "%s", api_table[API_MAP_KERNEL_PAGES].key);
	} else if (e->action == ACTION_INSERT_PAGE && e->extent != EXTENT_ARRAY) {
		verdict_reason(v, WEIGHT_CORE, "R23", e->line,
			       "inserts pages that are in no array which could outlive the call");
		verdict_need(v, NEED_NO_ARRAY);
	} else if (pages_move(w->s, e)) {
		verdict_reason(v, WEIGHT_NOTE, e->action == ACTION_INSERT_PAGE ? "R23" : "R25", e->line,
			       "%s(): the array of pages is only read here and stays for the action; the hook checks its bounds",
			       e->name);
	} else if (e->action == ACTION_INSERT_PAGE) {
		verdict_reason(v, WEIGHT_ASSISTED, "R23", e->line,
			       "a page loop: an action only if the array outlives the call, with the same order and bounds");
	} else {
		verdict_reason(v, WEIGHT_ASSISTED, "R25", e->line,
			       "%s(): the action ignores pgoff, does not check the array's length and needs it to live on",
			       e->name);
	}
}

static void effect(const struct effect *e, void *ctx)
{
	const struct rule_walk *w = ctx;
	struct verdict *v = w->v;

	if (e->kind != EFFECT_ACTION)
		return;
	if (e->in_loop && is_whole_action(e)) {
		verdict_reason(v, WEIGHT_CORE, "R11", e->line, "%s() in a loop; a descriptor holds one action", e->name);
		verdict_need(v, NEED_RANGES);
	}
	switch (e->action) {
	case ACTION_REMAP:
	case ACTION_IOREMAP:
		if (!e->in_loop && e->extent == EXTENT_OTHER)
			verdict_reason(v, WEIGHT_ASSISTED, "R10", e->line,
				       "nothing on the path says that the range of %s() stays inside the VMA", e->name);
		if (e->local_prot && e->prot_written)
			verdict_reason(v, WEIGHT_ASSISTED, "R7", e->line,
				       "%s() gets another protection than the one written to vm_page_prot before", e->name);
		else if (e->local_prot)
			verdict_reason(v, WEIGHT_NOTE, "R7", e->line,
				       "the protection given to %s() was not kept in vm_page_prot: after the conversion it is",
				       e->name);
		break;
	case ACTION_SIMPLE_IOREMAP:
		if (!w->s->tree->api[API_SIMPLE_IOREMAP]) {
			verdict_reason(v, WEIGHT_CORE, "R8", e->line, "%s() has no action in this tree", e->name);
			verdict_need(v, "%s", api_table[API_SIMPLE_IOREMAP].key);
		}
		break;
	case ACTION_INSERT_PAGE:
	case ACTION_INSERT_PAGES:
	case ACTION_MAP_PAGES:
	case ACTION_MAP_PAGES_ZERO:
		pages(w, e);
		break;
	case ACTION_VMALLOC:
		verdict_reason(v, WEIGHT_CORE, "no-action", e->line, "no action maps vmalloc memory (%s())", e->name);
		verdict_need(v, NEED_VMALLOC);
		break;
	case ACTION_INSERT_PFN:
		verdict_reason(v, WEIGHT_CORE, "R22", e->line, "no action inserts mixed PFNs (%s())", e->name);
		verdict_need(v, NEED_MIXED);
		break;
	case ACTION_DMA:
		verdict_reason(v, WEIGHT_CORE, "no-action", e->line, "%s() wants a vma", e->name);
		verdict_need(v, NEED_DMA);
		break;
	case ACTION_NONE:
		break;
	}
}

void rules_actions(const struct subject *s, struct verdict *v)
{
	const struct effect *first, *e;
	struct rule_walk w = { s, v };
	const struct path *p;
	const uint32_t *i;

	contract_each(s->contract, effect, &w);
	vec_each(p, &s->contract->paths) {
		if (!path_succeeds(p))
			continue;
		first = NULL;
		vec_each(i, &p->effects) {
			e = &s->contract->effects[*i];
			if (e->kind != EFFECT_ACTION || e->in_loop)
				continue;
			if (first) {
				verdict_reason(v, WEIGHT_CORE, "R11", e->line,
					       "%s() after %s() in line %u; a descriptor holds one action", e->name,
					       first->name, first->line);
				verdict_need(v, NEED_RANGES);
			}
			first = e;
		}
	}
}
