// SPDX-License-Identifier: GPL-2.0-only
/* R7 and R10: the action is deferred, so nothing of the handler may come after it. */
#include "classify/rules_internal.h"

#include <string.h>

static const char *after_action(const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_PAGE_PROT:
		return "vm_page_prot is written";
	case EFFECT_FLAGS_SET:
	case EFFECT_FLAGS_CLEAR:
	case EFFECT_FLAGS_OTHER:
		return "flags are changed";
	case EFFECT_PGOFF:
		return "vm_pgoff is written";
	case EFFECT_TAKE:
	case EFFECT_STORE:
		return "state is changed";
	case EFFECT_CALL:
		return "something is called";
	default:
		return NULL;
	}
}

void rules_order(const struct subject *s, struct verdict *v)
{
	const struct effect *e, *action;
	const struct path *p;
	const uint32_t *i;
	const char *what;

	vec_each(p, &s->contract->paths) {
		if (!path_succeeds(p))
			continue;
		action = NULL;
		vec_each(i, &p->effects) {
			e = &s->contract->effects[*i];
			if (e->kind == EFFECT_ACTION)
				action = e;
			else if (action && (what = after_action(e)))
				verdict_reason(v, WEIGHT_ASSISTED, e->kind == EFFECT_PAGE_PROT ? "R7" : "order", e->line,
					       "%s after %s() in line %u, which an action would run later", what,
					       action->name, action->line);
		}
	}
}
