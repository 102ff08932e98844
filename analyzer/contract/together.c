// SPDX-License-Identifier: GPL-2.0-only
/*
 * A function with more paths than are followed is read a second time with its branches taken
 * together: what two ways did is the effects of both, and what they disagree on is not known.  Every
 * effect that a request can meet is there then, though not which go together; the paths are marked.
 */
#include "contract/engine.h"

static const struct ctype nothing = { .kind = CTYPE_NONE };

static void join_effects(struct state *a, const struct state *b)
{
	size_t i, k;

	for (i = 0; i < b->effects.nr; i++) {
		for (k = 0; k < a->effects.nr; k++)
			if (a->effects.items[k] == b->effects.items[i])
				break;
		if (k == a->effects.nr)
			*vec_push(&a->effects) = b->effects.items[i];
	}
}

static void join_conditions(struct state *a, const struct state *b)
{
	size_t i, k, n = 0;

	while (n < a->guards.nr && n < b->guards.nr && a->guards.items[n].term == b->guards.items[n].term &&
	       a->guards.items[n].taken == b->guards.items[n].taken)
		n++;
	a->guards.nr = n;
	for (i = n = 0; i < a->known.nr; i++)
		for (k = 0; k < b->known.nr; k++)
			if (a->known.items[i] == b->known.items[k]) {
				a->known.items[n++] = a->known.items[i];
				break;
			}
	a->known.nr = n;
}

static void join_cells(struct engine *e, struct state *a, const struct state *b)
{
	VEC(term_t) differ = { 0 };
	const struct cell *c, *d;
	term_t *t;

	vec_each(c, &a->cells) {
		d = state_cell(b, c->address);
		if (!d || d->value != c->value)
			*vec_push(&differ) = c->address;
	}
	vec_each(c, &b->cells)
		if (!state_cell(a, c->address))
			*vec_push(&differ) = c->address;
	vec_each(t, &differ)
		memory_lose(e, a, *t, "either of two ways");
	vec_free(&differ);
}

static void join_lists(struct engine *e, struct state *a, const struct state *b)
{
	const struct occurrence *o;
	struct occurrence *p;
	const term_t *t;
	term_t *u;
	size_t i;
	bool found;

	vec_each(o, &b->calls) {
		found = false;
		vec_each(p, &a->calls)
			if (!strcmp(p->function, o->function)) {
				p->nr = p->nr > o->nr ? p->nr : o->nr;
				found = true;
			}
		if (!found)
			*vec_push(&a->calls) = *o;
	}
	vec_each(t, &b->escaped) {
		found = false;
		vec_each(u, &a->escaped)
			found |= *u == *t;
		if (!found)
			*vec_push(&a->escaped) = *t;
	}
	for (i = 0; i < a->stack.nr && i < b->stack.nr; i++)
		if (a->stack.items[i] != b->stack.items[i])
			a->stack.items[i] = term_fresh(e->t, "either of two ways",
						       term_at(e->t, a->stack.items[i])->type);
}

static bool same_versions(const struct state *a, const struct state *b)
{
	size_t i;

	if (a->versions.nr != b->versions.nr)
		return false;
	for (i = 0; i < a->versions.nr; i++)
		if (a->versions.items[i].name != b->versions.items[i].name ||
		    a->versions.items[i].number != b->versions.items[i].number)
			return false;
	return true;
}

static void join(struct engine *e, struct state *a, struct state *b)
{
	bool versions = same_versions(a, b);

	join_effects(a, b);
	join_conditions(a, b);
	join_cells(e, a, b);
	join_lists(e, a, b);
	if (!versions)
		memory_clobber(e, a, NULL, 0);
	if (a->variables.nr > b->variables.nr)
		a->variables.nr = b->variables.nr;
	if (a->value != b->value)
		a->value = a->value && b->value ? term_fresh(e->t, "either of two ways", term_at(e->t, a->value)->type)
						: term_fresh(e->t, "either of two ways", nothing);
	if (!a->unmodelled)
		a->unmodelled = b->unmodelled;
	state_free(b);
}

static bool joinable(const struct state *a, const struct state *b)
{
	if (a->flow != b->flow || a->flow == FLOW_RETURN || a->loop != b->loop || a->stack.nr != b->stack.nr)
		return false;
	return a->flow != FLOW_GOTO || (a->label && b->label && !strcmp(a->label, b->label));
}

void take_together(struct engine *e, struct states *list, size_t first)
{
	size_t i, k, n = first;

	if (!e->together)
		return;
	for (i = first; i < list->nr; i++) {
		for (k = first; k < n; k++)
			if (joinable(&list->items[k], &list->items[i]))
				break;
		if (k < n)
			join(e, &list->items[k], &list->items[i]);
		else
			list->items[n++] = list->items[i];
	}
	list->nr = n;
}
