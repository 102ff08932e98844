// SPDX-License-Identifier: GPL-2.0-only
/* R7 and R12: the action is deferred, so nothing of the handler may come after it. */
#include "classify/rules_internal.h"

#include <errno.h>
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
	case EFFECT_DROP:
		return e->state == STATE_LOCK ? NULL : "something is given back";
	case EFFECT_TAKE:
		return e->state == STATE_NONE ? NULL : "state is changed";
	case EFFECT_STORE:
		return "state is changed";
	case EFFECT_CALL:
		return "something is called";
	default:
		return NULL;
	}
}

/* What undoes, or is done, when the action failed: the hook is over by then. */
static bool is_cleanup(const struct effect *e)
{
	return e->kind == EFFECT_TAKE || e->kind == EFFECT_STORE || e->kind == EFFECT_CALL ||
	       (e->kind == EFFECT_DROP && e->state != STATE_LOCK);
}

static void path_order(const struct contract *c, const struct path *p, struct verdict *v)
{
	const struct effect *e, *action = NULL;
	const uint32_t *i;
	const char *what;
	bool said = false;		/* where the cleanup begins: what follows is part of it */

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if (e->kind == EFFECT_ACTION) {
			action = e;
			said = false;
			continue;
		}
		if (action && path_succeeds(p) && (what = after_action(e)))
			verdict_reason(v, WEIGHT_ASSISTED, e->kind == EFFECT_PAGE_PROT ? "R7" : "order", e->line,
				       "%s after %s() in line %u, which an action would run later", what,
				       action->name, action->line);
		else if (action && !path_succeeds(p) && is_cleanup(e) && !said) {
			said = true;
			verdict_reason(v, WEIGHT_ASSISTED, "order", e->line,
				       "done when %s() in line %u fails: an action fails after the hook", action->name,
				       action->line);
		}
	}
}

/* Is there a path on which the action's failure becomes the handler's? */
static bool failure_is_seen(const struct contract *c, uint32_t action)
{
	const struct path *p;
	const uint32_t *i;

	vec_each(p, &c->paths) {
		if (p->result != RESULT_ERROR && p->result != RESULT_CALL)
			continue;
		vec_each(i, &p->effects)
			if (*i == action)
				return true;
	}
	return false;
}

/* R12: the errno of a failing action that user space sees is the handler's. */
static void own_errno(const struct subject *s, const struct path *p, struct verdict *v)
{
	const struct contract *c = s->contract;
	const struct effect *e;
	const struct guard *g;
	const uint32_t *i;

	if (p->result != RESULT_ERROR || !p->value || !errno_name(p->value))
		return;
	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if (e->kind != EFFECT_ACTION || !e->result)
			continue;
		vec_each(g, &p->guards) {
			if (!term_contains(c->terms, g->term, e->result))
				continue;
			if (e->action == ACTION_SIMPLE_IOREMAP && p->value != -EINVAL)
				verdict_reason(v, WEIGHT_ASSISTED, "R12", e->line,
					       "-%s in place of the error of %s(): the action finds that the range is too "
					       "short before it can be kept, -EINVAL", errno_name(p->value), e->name);
			else if (s->tree->api[API_ERROR_OVERRIDE] || s->tree->api[API_ERROR_HOOK])
				verdict_reason(v, WEIGHT_NOTE, "R12", e->line,
					       "-%s in place of the error of %s(): the action has to keep it",
					       errno_name(p->value), e->name);
			else
				verdict_reason(v, WEIGHT_ASSISTED, "R12", e->line,
					       "-%s in place of the error of %s(): this tree's actions cannot keep it",
					       errno_name(p->value), e->name);
			break;
		}
	}
}

void rules_order(const struct subject *s, struct verdict *v)
{
	const struct contract *c = s->contract;
	const struct path *p;
	const uint32_t *i;

	vec_each(p, &c->paths) {
		path_order(c, p, v);
		own_errno(s, p, v);
		vec_each(i, &p->effects)
			if (path_succeeds(p) && c->effects[*i].kind == EFFECT_ACTION &&
			    c->effects[*i].action != ACTION_INSERT_PFN && !failure_is_seen(c, *i))
				verdict_reason(v, WEIGHT_ASSISTED, "R12", c->effects[*i].line,
					       "the result of %s() is ignored; a failing action fails the mapping",
					       c->effects[*i].name);
	}
}
