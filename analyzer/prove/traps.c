// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does one of two traces trap where the other does not?  A division traps where the divisor is 0; a read or a write
 * through a pointer where that is NULL, of those pointers that the function compares with NULL: of the others nobody
 * thinks that they can be.  What a path computes and does not use has no term, and is not seen.
 */
#include <stdlib.h>

#include "prove/compare.h"

/* Terms that are looked at for one path, each as often as it stands under other conditions. */
enum { MAX_VISITS = 20000 };

/* In the contract's own store, where the first operand of && and || is the one that was made first. */
struct walk {
	struct import *i;
	const struct terms *t;
	uint8_t *tested, *worth;	/* by terms: a pointer that is compared with NULL; what can trap, or is made of it */
	uint8_t *seen;			/* without guards */
	struct term_list guards;	/* of ?:, && and || around what is looked at; of the common store */
	term_t trap;			/* of the common store; 0: never */
	unsigned visits;
};

static bool is_division(enum term_op op)
{
	return op == TERM_UDIV || op == TERM_SDIV || op == TERM_UREM || op == TERM_SREM;
}

/* The pointer that this address is made of; 0: an object, which is there. */
static term_t pointer_of(const struct terms *t, term_t address)
{
	const struct term *x;
	int64_t offset;

	for (;;) {
		address = term_base(t, address, &offset);
		x = term_at(t, address);
		if (x->op != TERM_ELEMENT)
			break;
		address = x->a;
	}
	return x->op == TERM_LOAD || x->op == TERM_CALL ? address : 0;
}

/* What has to be 0 for this term to trap; 0: it does not. */
static term_t zero_of(const struct walk *w, term_t a)
{
	const struct term *x = term_at(w->t, a);
	term_t pointer;
	int64_t v;

	if (is_division(x->op))
		return term_is_const(w->t, x->b, &v) && v ? 0 : x->b;
	if (x->op != TERM_LOAD)
		return 0;
	pointer = pointer_of(w->t, x->a);
	return w->tested[pointer] ? pointer : 0;
}

static void find_tested(struct walk *w)
{
	const struct term *x;
	int64_t v;

	w->tested = xcalloc(w->t->nr + 1, 1);
	for (x = w->t->items + 1; x < w->t->items + w->t->nr; x++)
		if (x->op == TERM_EQ && term_is_const(w->t, x->b, &v) && !v)
			w->tested[term_strip(w->t, x->a)] = 1;
	w->tested[0] = 0;
}

static void find_worth(struct walk *w)
{
	const struct term *x;
	term_t a;

	w->worth = xcalloc(w->t->nr + 1, 1);
	for (a = 1; a < w->t->nr; a++) {		/* operands stand before what is made of them */
		x = term_at(w->t, a);
		w->worth[a] = zero_of(w, a) || w->worth[x->a] || w->worth[x->b] || w->worth[x->c];
	}
}

static term_t condition(struct walk *w, term_t a, bool holds)
{
	term_t cond = term_truth(w->i->to, import_term(w->i, a));

	return holds ? cond : term_not(w->i->to, cond);
}

static void add_trap(struct walk *w, term_t zero)
{
	struct terms *to = w->i->to;
	term_t when = condition(w, zero, false);
	const term_t *g;

	vec_each(g, &w->guards)
		when = term_op(to, TERM_LAND, *g, when, ctype_bool);
	w->trap = w->trap ? term_op(to, TERM_LOR, w->trap, when, ctype_bool) : when;
}

static void visit(struct walk *w, term_t a);

static void visit_under(struct walk *w, term_t a, term_t guard, bool holds)
{
	if (!w->worth[a])
		return;
	*vec_push(&w->guards) = condition(w, guard, holds);
	visit(w, a);
	w->guards.nr--;
}

static void visit(struct walk *w, term_t a)
{
	const struct term *x = term_at(w->t, a);
	term_t zero;

	if (!w->worth[a] || w->visits == MAX_VISITS || (!w->guards.nr && w->seen[a]))
		return;
	w->visits++;
	w->seen[a] |= !w->guards.nr;
	zero = zero_of(w, a);
	if (zero)
		add_trap(w, zero);
	visit(w, x->a);
	if (x->op == TERM_ITE) {
		visit_under(w, x->b, x->a, true);
		visit_under(w, x->c, x->a, false);
	} else if (x->op == TERM_LAND || x->op == TERM_LOR) {
		visit_under(w, x->b, x->a, x->op == TERM_LAND);
	} else {
		visit(w, x->b);
		visit(w, x->c);
	}
}

static void visit_effect(struct walk *w, const struct effect *e)
{
	const struct model *m;
	term_t pointer;
	const term_t *a;

	vec_each(a, &e->args)
		visit(w, *a);
	pointer = e->kind == EFFECT_STORE && e->args.nr ? pointer_of(w->t, e->args.items[0]) : 0;
	if (w->tested[pointer])
		add_trap(w, pointer);
	/* get_file(NULL) */
	m = e->kind == EFFECT_TAKE && e->args.nr ? model_find(e->name) : NULL;
	pointer = m && m->follows_first ? term_strip(w->t, e->args.items[0]) : 0;
	if (w->tested[pointer])
		add_trap(w, pointer);
}

void trace_traps(struct import *i, struct trace *t)
{
	struct walk w = { .i = i, .t = i->c->terms };
	const struct guard *g;
	const uint32_t *k;
	unsigned cell;

	find_tested(&w);
	find_worth(&w);
	w.seen = xcalloc(w.t->nr + 1, 1);
	vec_each(g, &i->p->guards)
		if (g->term)
			visit(&w, g->term);
	vec_each(k, &i->own)
		visit_effect(&w, &i->c->effects[*k]);
	visit(&w, i->p->result_term);
	for (cell = 0; cell < CELL_NR; cell++)
		visit(&w, i->p->cells[cell]);
	if (w.visits == MAX_VISITS)
		trace_unknown(t, i->p->line, "there is more that can trap than is looked at");
	if (w.trap)
		t->trap = t->trap ? term_op(i->to, TERM_LOR, t->trap, w.trap, ctype_bool) : w.trap;
	vec_free(&w.guards);
	free(w.tested);
	free(w.worth);
	free(w.seen);
}

void same_traps(struct pair *p)
{
	struct terms *t = p->c->s.t;
	term_t never = term_const(t, 0, ctype_bool), a = p->a->trap, b = p->b->trap;
	enum smt_answer answer;

	if (a == b || p->c->done)
		return;
	*vec_push(&p->conditions) = term_not(t, term_op(t, TERM_EQ, a ? a : never, b ? b : never, ctype_bool));
	answer = solver_ask(&p->c->s, &p->conditions);
	p->conditions.nr--;
	if (answer != SMT_NO)
		give_up(p->c, false, p->b->line,
			"one divides by what can be 0 there, or follows a pointer that can be NULL, and the other does not");
}
