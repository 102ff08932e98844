// SPDX-License-Identifier: GPL-2.0-only
/* R23, R25: can an action take over an array of pages that the handler inserts? */
#include "classify/rules_internal.h"

#include <string.h>

enum { MAX_DEPTH = 64 };

/* A pointer that a global variable holds: who changes that, and what it frees then, nobody can say here. */
static bool is_global(const struct terms *t, term_t address)
{
	while (term_at(t, address)->op == TERM_FIELD || term_at(t, address)->op == TERM_ELEMENT)
		address = term_at(t, address)->a;
	return term_at(t, address)->op == TERM_GLOBAL;
}

/*
 * A static object, or reached from the request by reads alone: nothing that this call made or took.  It is
 * there for the action as it is for the handler today, which holds nothing of it either.
 */
static bool is_read(const struct terms *t, term_t a, unsigned depth)
{
	const struct term *x = term_at(t, a);

	if (depth > MAX_DEPTH)
		return false;
	switch (x->op) {
	case TERM_CONST:
	case TERM_SYMBOL:
	case TERM_GLOBAL:
		return true;
	case TERM_LOAD:
		return !is_global(t, x->a) && is_read(t, x->a, depth + 1);
	case TERM_FIELD:
	case TERM_ZEXT:
		return is_read(t, x->a, depth + 1);
	case TERM_ELEMENT:
	case TERM_ADD:
		return is_read(t, x->a, depth + 1) && is_read(t, x->b, depth + 1);
	default:
		return false;
	}
}

static term_t arg(const struct contract *c, const struct effect *e, size_t i)
{
	return i < e->args.nr && e->args.items[i] ? term_strip(c->terms, e->args.items[i]) : 0;
}

/* start + (index << page_shift) */
static bool is_place_of(const struct contract *c, term_t address, term_t index, unsigned page_shift)
{
	const struct term *sum = term_at(c->terms, address), *shift;
	const struct term *start = term_at(c->terms, sum->op == TERM_ADD ? sum->a : 0);
	term_t offset = sum->op == TERM_ADD ? sum->b : 0;
	int64_t bits;

	if (start->op != TERM_SYMBOL) {
		offset = sum->op == TERM_ADD ? sum->a : 0;
		start = term_at(c->terms, sum->op == TERM_ADD ? sum->b : 0);
	}
	shift = term_at(c->terms, offset);
	return start->op == TERM_SYMBOL && !strcmp(start->name, "start") && shift->op == TERM_SHL &&
	       term_contains(c->terms, shift->a, index) && term_is_const(c->terms, shift->b, &bits) &&
	       page_shift && bits == page_shift;
}

/*
 * Is every condition on the index one without a sign, and is there one?  A negative bound would be no pass of
 * the loop, but of an action a huge number of pages.
 */
static bool counts_unsigned(const struct contract *c, term_t index)
{
	const struct path *p;
	const struct guard *g;
	bool some = false;
	term_t a;

	vec_each(p, &c->paths)
		vec_each(g, &p->guards) {
			a = g->term ? term_strip(c->terms, g->term) : 0;
			if (!a || !term_contains(c->terms, a, index))
				continue;
			if (term_at(c->terms, a)->op == TERM_NOT)
				a = term_strip(c->terms, term_at(c->terms, a)->a);
			if (term_at(c->terms, a)->op == TERM_ULT || term_at(c->terms, a)->op == TERM_ULE)
				some = true;
			else if (term_at(c->terms, a)->op != TERM_EQ)	/* of what the insertion returned */
				return false;
		}
	return some;
}

static bool loop_moves(const struct contract *c, const struct effect *e, unsigned page_shift)
{
	const struct term *page = term_at(c->terms, arg(c, e, 2)), *element;
	term_t index;

	if (e->extent != EXTENT_ARRAY || !e->in_loop || page->op != TERM_LOAD)
		return false;
	element = term_at(c->terms, page->a);
	index = element->op == TERM_ELEMENT ? term_strip(c->terms, element->b) : 0;
	return index && term_at(c->terms, index)->op == TERM_FRESH && is_read(c->terms, element->a, 0) &&
	       is_place_of(c, arg(c, e, 1), index, page_shift) && counts_unsigned(c, index);
}

bool pages_move(const struct subject *s, const struct effect *e)
{
	const struct contract *c = s->contract;

	switch (e->action) {
	case ACTION_MAP_PAGES:
	case ACTION_MAP_PAGES_ZERO:
		return !e->in_loop && arg(c, e, 1) && is_read(c->terms, arg(c, e, 1), 0);
	case ACTION_INSERT_PAGES:
		return !e->in_loop && arg(c, e, 2) && is_read(c->terms, arg(c, e, 2), 0);
	case ACTION_INSERT_PAGE:
		return loop_moves(c, e, s->unit->page_shift);
	default:
		return false;
	}
}
