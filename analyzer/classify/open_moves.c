// SPDX-License-Identifier: GPL-2.0-only
/*
 * R5 where it is mechanical: what the handler leaves behind is what its vm_ops' open does, called by hand
 * at the end of every path that maps.  Then `mapped` does that work, after the mapping stands, and the hook
 * leaves nothing.
 */
#include "classify/rules_internal.h"

#include <string.h>

static const struct companion *open_companion(const struct handler *h)
{
	const struct companion *k, *found = NULL;

	vec_each(k, &h->companions) {
		if (strcmp(k->role, "open"))
			continue;
		if (found)
			return NULL;
		found = k;
	}
	return found;
}

/* Before the call: may stay in the hook, since it leaves nothing that lasts. */
static bool stays_in_hook(const struct contract *c, const struct path *p, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_ACTION:		/* R3: it could fail, and close would run without mapped */
	case EFFECT_STORE:
	case EFFECT_STORE_VMA:
	case EFFECT_OPEN:
	case EFFECT_LOOP:
		return false;
	case EFFECT_TAKE:
	case EFFECT_DROP:
		return e->state == STATE_LOCK && (e->kind == EFFECT_DROP || !path_keeps(c, p, e));
	default:
		return true;
	}
}

/* A path that maps: open called once, nothing but its own body behind, no merge that would skip mapped. */
static bool path_moves(const struct subject *s, const struct path *p, const struct function *open)
{
	const struct contract *c = s->contract;
	bool called = false, table = false;
	const struct effect *e;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if (called && (e->line < open->line || e->line > open->last_line || e->kind == EFFECT_LOOP))
			return false;
		if (called)
			continue;
		called = e->kind == EFFECT_OPEN && !strcmp(e->name, open->name) && !e->in_loop;
		if (e->kind == EFFECT_VM_OPS)
			table = s->handler->vm_ops && !strcmp(e->name, s->handler->vm_ops);
		if (!called && !stays_in_hook(c, p, e))
			return false;
	}
	return called && table && path_stays_apart(c, p) && p->result == RESULT_ZERO;
}

/* R2: does a condition read what open changes?  Then the check and the change belong together. */
static bool is_checked(const struct contract *c, const struct effect *e)
{
	const struct path *p;
	const struct guard *g;

	if ((e->kind != EFFECT_STORE && e->kind != EFFECT_TAKE && e->kind != EFFECT_DROP) || !e->args.nr ||
	    e->state == STATE_LOCK)
		return false;
	vec_each(p, &c->paths)
		vec_each(g, &p->guards)
			if (g->term && e->args.items[0] && term_contains(c->terms, g->term, e->args.items[0]))
				return true;
	return false;
}

const struct companion *open_moves(const struct subject *s)
{
	const struct companion *k = open_companion(s->handler);
	const struct function *open = k ? unit_function(s->unit, k->function) : NULL;
	const struct contract *c = s->contract;
	const struct effect *e;
	const struct path *p;
	const uint32_t *i;
	bool some = false;

	if (!open || !contract_is_complete(c) || !s->tree->api[API_MAPPED])
		return NULL;
	vec_each(p, &c->paths) {
		if (path_succeeds(p)) {
			if (!path_moves(s, p, open))
				return NULL;
			some = true;
			continue;
		}
		vec_each(i, &p->effects) {
			e = &c->effects[*i];
			if (e->kind == EFFECT_OPEN)
				return NULL;
		}
	}
	vec_each(p, &c->paths)
		vec_each(i, &p->effects)
			if (is_checked(c, &c->effects[*i]))
				return NULL;
	return some ? k : NULL;
}
