// SPDX-License-Identifier: GPL-2.0-only
/* Which unknowns a condition is about: reads, calls, symbols.  Collected once a condition, as sorted lists. */
#include <stdlib.h>

#include "contract/engine.h"

static bool is_leaf(enum term_op op)
{
	return op == TERM_SYMBOL || op == TERM_LOAD || op == TERM_CALL || op == TERM_FRESH || op == TERM_MEMBER;
}

static int by_index(const void *a, const void *b)
{
	term_t x = *(const term_t *)a, y = *(const term_t *)b;

	return x < y ? -1 : x > y;
}

/* deep: also those that are in a leaf, the pointer that a LOAD reads through. */
static void collect(struct engine *e, term_t cond, bool deep, struct term_list *out)
{
	struct term_list stack = { 0 };
	struct term x;
	term_t a;
	size_t i;

	e->mark++;
	while (e->marks.nr < e->t->nr)
		*vec_push(&e->marks) = 0;
	*vec_push(&stack) = cond;
	while (stack.nr) {
		a = stack.items[--stack.nr];
		if (!a || e->marks.items[a] == e->mark)
			continue;
		e->marks.items[a] = e->mark;
		x = *term_at(e->t, a);
		if (is_leaf(x.op))
			*vec_push(out) = a;
		if (is_leaf(x.op) && !deep)
			continue;
		for (i = 0; i < 3; i++)
			*vec_push(&stack) = i == 0 ? x.a : i == 1 ? x.b : x.c;
	}
	vec_free(&stack);
	if (out->nr)
		qsort(out->items, out->nr, sizeof(*out->items), by_index);
}

static size_t leaves_of(struct engine *e, term_t cond)
{
	struct leaves *l;

	while (e->leaves_of.nr <= cond)
		*vec_push(&e->leaves_of) = 0;
	if (!e->leaves_of.items[cond]) {
		l = vec_push(&e->leaves);
		collect(e, cond, false, &l->top);
		collect(e, cond, true, &l->all);
		e->leaves_of.items[cond] = (uint32_t)e->leaves.nr;
	}
	return e->leaves_of.items[cond] - 1;
}

bool shares_unknown(struct engine *e, term_t a, term_t b)
{
	size_t i = leaves_of(e, a), k = leaves_of(e, b);
	const struct term_list *x = &e->leaves.items[i].top, *y = &e->leaves.items[k].all;

	for (i = k = 0; i < x->nr && k < y->nr;) {
		if (x->items[i] == y->items[k])
			return true;
		if (x->items[i] < y->items[k])
			i++;
		else
			k++;
	}
	return false;
}

void leaves_free(struct engine *e)
{
	struct leaves *l;

	vec_each(l, &e->leaves) {
		vec_free(&l->top);
		vec_free(&l->all);
	}
	vec_free(&e->leaves);
	vec_free(&e->leaves_of);
	vec_free(&e->marks);
}
