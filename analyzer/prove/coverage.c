// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pairs of paths are compared where one request takes both.  A request that only one side has a path for, since the
 * other stops there (BUG(), say) or a contract lost it, is in no pair: it has to be looked for.
 */
#include "prove/compare.h"

static bool same_conditions(const struct trace *x, const struct trace *y)
{
	size_t i;

	if (x->conditions.nr != y->conditions.nr)
		return false;
	for (i = 0; i < x->conditions.nr; i++)
		if (x->conditions.items[i] != y->conditions.items[i])
			return false;
	return true;
}

static term_t all_of(struct terms *t, const struct trace *x)
{
	term_t all = term_const(t, 1, ctype_bool);
	const term_t *a;

	vec_each(a, &x->conditions)
		all = term_op(t, TERM_LAND, all, *a, ctype_bool);
	return all;
}

/* Does every request that takes x take one of the other side's? */
static bool is_covered(struct compare *c, const struct trace *x, const struct traces *other)
{
	struct term_list asked = { 0 };
	enum smt_answer answer;
	const struct trace *y;
	const term_t *a;

	vec_each(y, other)
		if (same_conditions(x, y))
			return true;
	vec_each(a, &c->facts)
		*vec_push(&asked) = *a;
	vec_each(a, &x->conditions)
		*vec_push(&asked) = *a;
	vec_each(y, other)
		*vec_push(&asked) = term_not(c->s.t, all_of(c->s.t, y));
	answer = solver_ask(&c->s, &asked);
	vec_free(&asked);
	return answer == SMT_NO;
}

static bool has_loop(const struct traces *all)
{
	const struct trace *x;
	const struct event *e;

	vec_each(x, all)
		vec_each(e, &x->events)
			if (e->effect->kind == EFFECT_LOOP)
				return true;
	return false;
}

void check_coverage(struct compare *c)
{
	const struct trace *x;

	/* Which pass ends a loop is said only of the pass that does: loops.c. */
	if (has_loop(c->old_traces) || has_loop(c->new_traces))
		return;
	vec_each(x, c->old_traces)
		if (!is_covered(c, x, c->new_traces)) {
			give_up(c, true, x->line, "a request that comes here can be one that %s() has no path for",
				c->new_side->contract->function);
			return;
		}
	vec_each(x, c->new_traces)
		if (!is_covered(c, x, c->old_traces)) {
			give_up(c, false, x->line, "a request that comes here can be one that %s() has no path for",
				c->old->contract->function);
			return;
		}
}
