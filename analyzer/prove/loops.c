// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two loops, pass by pass.  Where they begin with the same and every pass that begins with the same does the same,
 * in the same order, and leaves the same or ends the loop on both sides, then they end with the same pass, which
 * begins with the same: places of one name have one value there, and the traces go on from that.  That they end at
 * all is not asked: either both do or neither.
 */
#include "prove/compare.h"

static void append(struct term_list *to, const struct term_list *from, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		*vec_push(to) = from->items[i];
}

/* Where y has the place that x calls that; -1: nowhere. */
static int place_in(const struct looped *y, term_t pass)
{
	size_t i;

	for (i = 0; i < y->places.nr; i++)
		if (y->places.items[i].pass == pass)
			return (int)i;
	return -1;
}

static bool same_places(struct pair *q, const struct looped *x, const struct looped *y)
{
	const struct pass_place *at, *other;
	int i;

	vec_each(at, &x->places) {
		i = place_in(y, at->pass);
		if (i < 0 || x->places.nr != y->places.nr || is_unpaired(q->c->s.t, at->pass)) {
			give_up(q->c, false, q->b->line,
				"the passes of the two loops do not change the same variables");
			return false;
		}
		other = &y->places.items[i];
		if ((at->before || other->before) &&
		    !same_value(q, at->before, other->before, "what a loop's variable begins with"))
			return false;
	}
	return x->places.nr == y->places.nr;
}

static bool same_values(struct pair *q, const struct looped *x, const struct looped_way *v,
			const struct looped *y, const struct looped_way *w)
{
	size_t i;

	for (i = 0; i < x->places.nr; i++)
		if (!same_value(q, v->values.items[i],
				w->values.items[place_in(y, x->places.items[i].pass)],
				"what a pass makes of a loop's variable"))
			return false;
	return true;
}

/* The two ways, where a pass can take both. */
static bool same_ways(struct pair *q, const struct looped *x, const struct looped_way *v, const struct looped *y,
		      const struct looped_way *w)
{
	int loops = same_loops(q, &v->events, &w->events);
	enum smt_answer answer;

	if (loops <= 0)
		return !loops;
	answer = solver_ask(&q->c->s, &q->conditions);
	if (answer == SMT_UNKNOWN) {
		give_up(q->c, false, q->b->line, "Z3 does not decide in the steps it has which way a pass of the loop goes");
		return false;
	}
	/* Which ends, and with what, the traces say. */
	if (answer == SMT_NO || (v->end != PASS_AGAIN && w->end != PASS_AGAIN))
		return true;
	if (v->end != w->end) {
		give_up(q->c, false, q->b->line, "the two loops do not end with the same pass");
		return false;
	}
	return same_event_list(q, &v->events, &w->events) && same_values(q, x, v, y, w);
}

static bool same_loop(struct pair *p, const struct looped *x, const struct looped *y)
{
	struct pair q = { .c = p->c, .a = p->a, .b = p->b, .in_loop = true };
	const struct looped_way *v, *w;
	struct term_list always = { 0 };
	bool same;

	append(&always, p->always, p->always->nr);
	append(&always, p->xs, x->conditions);
	append(&always, p->ys, y->conditions);
	append(&q.conditions, &always, always.nr);
	q.always = &always;
	same = same_places(&q, x, y);
	vec_each(v, &x->ways)
		vec_each(w, &y->ways) {
			if (!same)
				break;
			q.xs = &v->conditions;
			q.ys = &w->conditions;
			append(&q.conditions, &v->conditions, v->conditions.nr);
			append(&q.conditions, &w->conditions, w->conditions.nr);
			same = same_ways(&q, x, v, y, w);
			q.conditions.nr = always.nr;
		}
	vec_free(&q.conditions);
	vec_free(&always);
	return same;
}

static const struct event *next_loop(const struct events *all, size_t *n)
{
	for (; *n < all->nr; ++*n)
		if (all->items[*n].effect->kind == EFFECT_LOOP)
			return &all->items[(*n)++];
	return NULL;
}

/* How many conditions held when the loop began; all where there is none. */
static size_t held(const struct event *e, const struct term_list *conditions)
{
	return e && e->looped && e->looped->conditions < conditions->nr ? e->looped->conditions : conditions->nr;
}

int same_loops(struct pair *p, const struct events *x, const struct events *y)
{
	const struct event *v, *w;
	struct term_list conditions = { 0 };
	enum smt_answer answer;
	size_t n = 0, k = 0;

	for (;;) {
		v = next_loop(x, &n);
		w = next_loop(y, &k);
		if (!v && !w)
			return 1;
		append(&conditions, p->always, p->always->nr);
		append(&conditions, p->xs, held(v, p->xs));
		append(&conditions, p->ys, held(w, p->ys));
		answer = solver_ask(&p->c->s, &conditions);
		vec_free(&conditions);
		if (answer == SMT_NO)
			return 0;
		if (p->a->unknown || p->b->unknown)
			give_up(p->c, p->a->unknown != NULL, p->a->unknown ? p->a->unknown_line : p->b->unknown_line, "%s",
				p->a->unknown ? p->a->unknown : p->b->unknown);
		else if (answer == SMT_UNKNOWN)
			give_up(p->c, false, p->b->line, "Z3 does not decide in the steps it has which requests come to a loop");
		else if (!v || !w || !v->looped || !w->looped)
			give_up(p->c, !w, (v ? v : w)->effect->line, "the other side has no loop where this one is");
		else if (same_loop(p, v->looped, w->looped))
			continue;
		return -1;
	}
}
