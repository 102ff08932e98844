// SPDX-License-Identifier: GPL-2.0-only
/* The paths' conditions as a tree: a branch for every condition after the same conditions before. */
#include "contract/outline.h"

#include <stdlib.h>
#include <string.h>

#include "contract/term_internal.h"

enum { MAX_DEPTH = 8 };			/* of a condition that is looked into */

struct branch {
	const struct guard *guard;	/* how one gets here; NULL: the root */
	uint32_t child, next;		/* indices, 0: none */
	bool all_fail;			/* every path through it */
	bool is_end;			/* of a path */
	size_t last;			/* the last path through it */
};

struct tree { struct branch *items; size_t nr, cap; };

static bool same_guard(const struct guard *a, const struct guard *b)
{
	if (a->line != b->line || a->taken != b->taken || a->term != b->term)
		return false;
	return a->term || !strcmp(a->text, b->text);
}

static uint32_t step(struct tree *t, uint32_t at, const struct guard *g)
{
	uint32_t i;

	for (i = t->items[at].child; i; i = t->items[i].next)
		if (same_guard(t->items[i].guard, g))
			return i;
	i = (uint32_t)t->nr;
	*vec_push(t) = (struct branch){ .guard = g, .next = t->items[at].child, .all_fail = true };
	t->items[at].child = i;
	return i;
}

static enum outline_group group_of(const struct path *p)
{
	return p->unmodelled ? OUTLINE_UNMODELLED : path_succeeds(p) ? OUTLINE_SUCCEEDS : OUTLINE_FAILS;
}

/* Do all the others below `parent` fail, and are they read before path `index`? */
static bool others_fail(const struct tree *t, uint32_t parent, uint32_t child, enum outline_group group, size_t index)
{
	bool any = false;
	uint32_t i;

	if (t->items[parent].is_end)
		return false;
	for (i = t->items[parent].child; i; i = t->items[i].next) {
		if (i == child)
			continue;
		if (!t->items[i].all_fail || (group == OUTLINE_FAILS && t->items[i].last > index))
			return false;
		any = true;
	}
	return any;
}

static void show(const struct tree *t, const struct path *p, struct outline_path *o, size_t index)
{
	uint32_t at = 0, child;
	size_t i;

	for (i = 0; i < p->guards.nr; i++) {
		for (child = t->items[at].child; child; child = t->items[child].next)
			if (same_guard(t->items[child].guard, &p->guards.items[i]))
				break;
		o->shown[i] = !others_fail(t, at, child, o->group, index);
		at = child;
	}
}

/* What a guard says to be equal to a number, or 0. */
static term_t equal_to_number(const struct terms *t, const struct guard *g)
{
	const struct term *x = term_at(t, g->term);
	int64_t number;

	return g->taken && x->op == TERM_EQ && term_is_const(t, x->b, &number) ? x->a : 0;
}

/* Is it "x != 1", or several of this kind? */
static bool differs_from_numbers(const struct terms *t, term_t a, bool holds, term_t x, unsigned depth)
{
	const struct term *y = term_at(t, a);
	int64_t number;

	switch (y->op) {
	case TERM_NOT:
		return differs_from_numbers(t, y->a, !holds, x, depth);
	case TERM_EQ:
		return !holds && y->a == x && term_is_const(t, y->b, &number);
	case TERM_LAND:
	case TERM_LOR:
		return depth < MAX_DEPTH && holds == (y->op == TERM_LAND) &&
		       differs_from_numbers(t, y->a, holds, x, depth + 1) &&
		       differs_from_numbers(t, y->b, holds, x, depth + 1);
	default:
		return false;
	}
}

/* x != 1 goes without saying where x == 2 is said. */
static void drop_implied(const struct contract *c, const struct path *p, bool *shown)
{
	const struct guard *g = p->guards.items;
	size_t i, k;
	term_t x;

	for (i = 0; c->terms && i < p->guards.nr; i++) {
		x = shown[i] && g[i].term ? equal_to_number(c->terms, &g[i]) : 0;
		for (k = 0; x && k < p->guards.nr; k++)
			if (shown[k] && g[k].term && differs_from_numbers(c->terms, g[k].term, g[k].taken, x, 0))
				shown[k] = false;
	}
}

struct outline outline_of(const struct contract *c)
{
	struct outline o = { xcalloc(c->paths.nr + 1, sizeof(*o.paths)), c->paths.nr };
	const struct guard *g;
	struct tree t = { 0 };
	uint32_t at;
	size_t i;

	vec_push(&t);
	for (i = 0; i < o.nr; i++) {
		const struct path *p = &c->paths.items[i];

		o.paths[i].group = group_of(p);
		o.paths[i].shown = xcalloc(p->guards.nr + 1, sizeof(bool));
		at = 0;
		vec_each(g, &p->guards) {
			at = step(&t, at, g);
			t.items[at].all_fail &= o.paths[i].group == OUTLINE_FAILS;
			t.items[at].last = i;
		}
		t.items[at].is_end = true;
	}
	for (i = 0; i < o.nr; i++)
		show(&t, &c->paths.items[i], &o.paths[i], i);
	for (i = 0; i < o.nr; i++)
		drop_implied(c, &c->paths.items[i], o.paths[i].shown);
	vec_free(&t);
	return o;
}

void outline_free(struct outline *o)
{
	size_t i;

	for (i = 0; i < o->nr; i++)
		free(o->paths[i].shown);
	free(o->paths);
	memset(o, 0, sizeof(*o));
}
