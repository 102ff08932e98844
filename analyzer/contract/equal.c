// SPDX-License-Identifier: GPL-2.0-only
/* The same contract, path by path and term by term: what an unchanged function has to have. */
#include <string.h>

#include "contract/contract.h"

struct pair { const struct contract *a, *b; };

static bool same_term(const struct pair *p, term_t x, term_t y)
{
	if (!x || !y)
		return x == y;
	return term_equal(p->a->terms, x, p->b->terms, y);
}

static bool same_text(const char *x, const char *y)
{
	return x && y ? !strcmp(x, y) : x == y;
}

static bool same_terms(const struct pair *p, const struct term_list *x, const struct term_list *y)
{
	size_t i;

	if (x->nr != y->nr)
		return false;
	for (i = 0; i < x->nr; i++)
		if (!same_term(p, x->items[i], y->items[i]))
			return false;
	return true;
}

static bool same_effect(const struct pair *p, const struct effect *x, const struct effect *y);

static bool same_way(const struct pair *p, const struct pass_way *x, const struct pass_way *y)
{
	size_t i;

	if (x->end != y->end || x->effects.nr != y->effects.nr || !same_terms(p, &x->conditions, &y->conditions) ||
	    !same_terms(p, &x->values, &y->values))
		return false;
	/* Nesting ends: a loop stands before what its passes do. */
	for (i = 0; i < x->effects.nr; i++)
		if (!same_effect(p, &p->a->effects[x->effects.items[i]], &p->b->effects[y->effects.items[i]]))
			return false;
	return true;
}

static bool same_passes(const struct pair *p, const struct passes *x, const struct passes *y)
{
	size_t i;

	if (!x || !y)
		return x == y;
	if (x->guards != y->guards || x->before != y->before || x->outside != y->outside ||
	    !same_text(x->unknown, y->unknown) || x->places.nr != y->places.nr || x->ways.nr != y->ways.nr)
		return false;
	for (i = 0; i < x->places.nr; i++)
		if (!same_term(p, x->places.items[i].address, y->places.items[i].address) ||
		    !same_term(p, x->places.items[i].before, y->places.items[i].before) ||
		    !same_term(p, x->places.items[i].pass, y->places.items[i].pass))
			return false;
	for (i = 0; i < x->ways.nr; i++)
		if (!same_way(p, &x->ways.items[i], &y->ways.items[i]))
			return false;
	return true;
}

static bool same_effect(const struct pair *p, const struct effect *x, const struct effect *y)
{
	if (x->kind != y->kind || x->action != y->action || x->extent != y->extent || x->state != y->state ||
	    x->in_loop != y->in_loop || x->local_prot != y->local_prot || x->prot_written != y->prot_written ||
	    x->file_private != y->file_private || !same_text(x->name, y->name) ||
	    !same_text(x->detail, y->detail) || !same_text(x->via, y->via) || !same_term(p, x->result, y->result))
		return false;
	return same_terms(p, &x->args, &y->args) && same_terms(p, &x->sees, &y->sees) &&
	       same_passes(p, x->passes, y->passes);
}

static bool same_path(const struct pair *p, const struct path *x, const struct path *y)
{
	size_t i;

	if (x->guards.nr != y->guards.nr || x->effects.nr != y->effects.nr || x->result != y->result ||
	    x->value != y->value || !x->unmodelled != !y->unmodelled || !same_text(x->call, y->call) ||
	    !same_term(p, x->result_term, y->result_term))
		return false;
	for (i = 0; i < x->guards.nr; i++)
		if (x->guards.items[i].taken != y->guards.items[i].taken ||
		    !same_term(p, x->guards.items[i].term, y->guards.items[i].term))
			return false;
	for (i = 0; i < x->effects.nr; i++)
		if (!same_effect(p, &p->a->effects[x->effects.items[i]], &p->b->effects[y->effects.items[i]]))
			return false;
	for (i = 0; i < CELL_NR; i++)
		if (!same_term(p, x->cells[i], y->cells[i]))
			return false;
	return true;
}

bool contract_equal(const struct contract *a, const struct contract *b)
{
	struct pair p = { a, b };
	size_t i;

	if (a->paths.nr != b->paths.nr || a->unmodelled.nr != b->unmodelled.nr)
		return false;
	for (i = 0; i < a->paths.nr; i++)
		if (!same_path(&p, &a->paths.items[i], &b->paths.items[i]))
			return false;
	for (i = 0; i < a->unmodelled.nr; i++)
		if (strcmp(a->unmodelled.items[i].reason, b->unmodelled.items[i].reason))
			return false;
	return true;
}
