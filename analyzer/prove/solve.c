// SPDX-License-Identifier: GPL-2.0-only
/*
 * Questions to Z3 about both sides.  To Z3 each LOAD and CALL is an unknown of its own; that equal arguments give
 * equal results is added where a model would have it otherwise, until none does.
 */
#include <stdlib.h>
#include <time.h>

#include "prove/internal.h"

enum { MAX_ROUNDS = 24 };

static bool is_leaf(enum term_op op)
{
	return op == TERM_LOAD || op == TERM_CALL || op == TERM_MEMBER;
}

/* The same question, but for the arguments? */
static bool is_alike(const struct terms *t, const struct term *x, const struct term *y)
{
	term_t k, l;

	if (x->op != y->op || x->name != y->name || x->value != y->value || !ctype_equal(x->type, y->type))
		return false;
	for (k = x->b, l = y->b; k && l; k = t->items[k].b, l = t->items[l].b)
		if (!t->items[k].a != !t->items[l].a)
			return false;
	return !k == !l && !x->a == !y->a;
}

/* Do a and b have the same value in the model?  Of what has no number: only if they are one term. */
static bool same_in_model(struct solver *s, term_t a, term_t b)
{
	uint64_t x, y;

	if (a == b)
		return true;
	return !smt_value(s->smt, a, &x) && !smt_value(s->smt, b, &y) && x == y;
}

static bool same_arguments(struct solver *s, const struct term *x, const struct term *y)
{
	term_t k, l;

	if (x->a && !same_in_model(s, x->a, y->a))
		return false;
	if (x->op != TERM_CALL)
		return true;
	for (k = x->b, l = y->b; k; k = s->t->items[k].b, l = s->t->items[l].b)
		if (!same_in_model(s, s->t->items[k].a, s->t->items[l].a))
			return false;
	return true;
}

static term_t differ(struct terms *t, term_t a, term_t b)
{
	return a == b ? 0 : term_not(t, term_op(t, TERM_EQ, a, b, ctype_bool));
}

/* arguments differ, or the results are the same */
static term_t congruence(struct terms *t, term_t a, term_t b)
{
	struct term x = *term_at(t, a), y = *term_at(t, b);
	term_t fact = term_op(t, TERM_EQ, a, b, ctype_bool), d, k, l;

	d = x.a ? differ(t, x.a, y.a) : 0;
	if (d)
		fact = term_op(t, TERM_LOR, fact, d, ctype_bool);
	if (x.op != TERM_CALL)
		return fact;
	for (k = x.b, l = y.b; k; k = t->items[k].b, l = t->items[l].b) {
		d = t->items[k].a ? differ(t, t->items[k].a, t->items[l].a) : 0;
		if (d)
			fact = term_op(t, TERM_LOR, fact, d, ctype_bool);
	}
	return fact;
}

/* A pair that the model treats as no function would; false: there is none. */
static bool refine(struct solver *s, const uint8_t *used)
{
	size_t nr = s->t->nr, a, b;
	uint64_t v;

	for (a = 1; a < nr; a++) {
		if (!used[a] || !is_leaf(s->t->items[a].op) || smt_value(s->smt, (term_t)a, &v))
			continue;
		for (b = a + 1; b < nr; b++) {
			const struct term *x = term_at(s->t, (term_t)a), *y = term_at(s->t, (term_t)b);

			if (!used[b] || !is_alike(s->t, x, y) || same_in_model(s, (term_t)a, (term_t)b) ||
			    !same_arguments(s, x, y))
				continue;
			*vec_push(&s->facts) = congruence(s->t, (term_t)a, (term_t)b);
			return true;
		}
	}
	return false;
}

static void mark(const struct terms *t, uint8_t *used, const struct term_list *l)
{
	const term_t *a;
	size_t i;

	vec_each(a, l)
		used[*a] = 1;
	for (i = t->nr; i-- > 1;)
		if (used[i]) {
			used[t->items[i].a] = 1;
			used[t->items[i].b] = 1;
			used[t->items[i].c] = 1;
		}
}

static uint64_t processor_us(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static enum smt_answer ask(struct solver *s, const struct term_list *all)
{
	uint64_t before = processor_us();
	enum smt_answer answer = smt_feasible(s->smt, all->items, all->nr);

	s->questions++;
	s->undecided += answer == SMT_UNKNOWN;
	*vec_push(&s->out->took) = (uint32_t)(processor_us() - before);
	return answer;
}

enum smt_answer solver_ask(struct solver *s, const struct term_list *conditions)
{
	struct term_list all = { 0 };
	enum smt_answer answer;
	const term_t *a;
	uint8_t *used;
	unsigned round;
	bool more;

	for (round = 0; round < MAX_ROUNDS; round++) {
		all.nr = 0;
		vec_each(a, conditions)
			*vec_push(&all) = *a;
		vec_each(a, &s->facts)
			*vec_push(&all) = *a;
		answer = ask(s, &all);
		if (answer != SMT_YES)
			break;
		used = xcalloc(s->t->nr + 1, 1);
		mark(s->t, used, conditions);
		more = refine(s, used);
		free(used);
		if (!more)
			break;
		answer = SMT_UNKNOWN;
	}
	vec_free(&all);
	return answer;
}
