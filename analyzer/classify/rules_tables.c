// SPDX-License-Identifier: GPL-2.0-only
/* R17, R18, R19, R24: where the handler is installed, and who else uses it. */
#include "classify/rules_internal.h"

#include <string.h>

static const struct peer *shares(const struct subject *s, const char *function)
{
	const struct peer *p;

	if (s->peers)
		vec_each(p, s->peers)
			if (p->kind == PEER_SHARES && !strcmp(p->helper, function))
				return p;
	return NULL;
}

static bool is_companion(const struct handler *h, const char *function)
{
	const struct companion *k;

	vec_each(k, &h->companions)
		if (!strcmp(k->role, "helper") && !strcmp(k->function, function))
			return true;
	return false;
}

/* A helper that nobody else uses is part of the rewrite, and so is one that only handlers use which move too. */
static void helpers(const struct subject *s, struct verdict *v)
{
	const struct helper *f;

	vec_each(f, &s->contract->helpers) {
		if (!f->takes_vma || (v->open && !strcmp(v->open->function, f->name)))
			continue;
		if (peer_called(s, f->name))
			continue;
		if (shares(s, f->name) && is_companion(s->handler, f->name))
			continue;
		if (is_companion(s->handler, f->name))
			verdict_reason(v, WEIGHT_NOTE, "helper", f->line,
				       "hands the vma to %s(), which nobody else uses: both take the descriptor", f->name);
		else
			verdict_reason(v, WEIGHT_ASSISTED, "helper", f->line,
				       "hands the vma to %s(), which has to take a descriptor too", f->name);
	}
}

/* R18, R17: who else uses its name, or has it.  What there is to say of peers needs their verdicts. */
static void callers(const struct subject *s, struct verdict *v)
{
	const struct strlist *strangers = s->strangers ? s->strangers : &s->handler->callers;
	size_t i;

	for (i = 0; i < strangers->nr; i++)
		verdict_reason(v, WEIGHT_ASSISTED, "R18", 0, "used by name in %s: that must move with it",
			       strangers->items[i]);
	for (i = 0; s->names && i < s->names->nr; i++)
		verdict_reason(v, WEIGHT_ASSISTED, "R18", 0, "names %s, which would have to take a descriptor too",
			       s->names->items[i]);
	for (i = 0; s->again && i < s->again->nr; i++)
		verdict_reason(v, WEIGHT_ASSISTED, "R17", 0,
			       "its name is defined again in %s: all change together, or none", s->again->items[i]);
}

void rules_tables(const struct subject *s, struct verdict *v)
{
	const struct handler *h = s->handler;
	const struct effect *e;

	helpers(s, v);
	callers(s, v);
	if (s->swapped_f_op) {
		verdict_reason(v, WEIGHT_CORE, "R19", 0,
			       "live files are switched to its table: it moves with the tables that they come from");
		verdict_need(v, NEED_SWAPPED, h->instances.nr ? h->instances.items[0].name : h->function);
	}
	else if (s->swapped_from)
		verdict_reason(v, WEIGHT_ASSISTED, "R19", 0,
			       "its subsystem switches live files to another table: both must offer the same hook");
	if (s->table_overridden)
		verdict_reason(v, WEIGHT_ASSISTED, "R17", 0,
			       "a copy of its table gets another handler: the two move together");
	if (s->copied_over)
		verdict_reason(v, WEIGHT_ASSISTED, "R17", 0,
			       "installed over a copy of a table with another handler: the two move together");
	if (h->definitions.nr > 1)
		verdict_reason(v, WEIGHT_NOTE, "R17", 0, "has %zu definitions: they are converted together",
			       h->definitions.nr);
	e = first_action(s->contract);
	if (s->nommu && e)
		verdict_reason(v, WEIGHT_NOTE, "R24", e->line,
			       "%s() of a kernel without MMU can succeed, its action there cannot", e->name);
	if (s->dead)
		verdict_reason(v, WEIGHT_NOTE, "dead", 0, "no table that holds it is used");
}
