// SPDX-License-Identifier: GPL-2.0-only
/* Conditions: which hold on a path, which no request can meet, and splitting on the others. */
#include <stdlib.h>

#include "contract/engine.h"

enum { MAX_KNOWN_ASKED = 64 };

/* Z3's steps for a function: twice what any of Linux 7.3 needs whose paths are not too many anyway. */
enum { MAX_SMT_STEPS = 8000000 };

/* Conjunctions apart, so that each part is found again. */
static void know(struct engine *e, struct state *s, term_t cond, unsigned depth)
{
	struct term x = *term_at(e->t, cond), y;
	term_t *k;

	vec_each(k, &s->known)
		if (*k == cond)
			return;
	if (x.op == TERM_CONST || depth > 64)
		return;
	if (x.op == TERM_LAND) {
		know(e, s, x.a, depth + 1);
		know(e, s, x.b, depth + 1);
		return;
	}
	y = *term_at(e->t, x.op == TERM_NOT ? x.a : cond);
	if (x.op == TERM_NOT && y.op == TERM_LOR) {
		know(e, s, term_not(e->t, y.a), depth + 1);
		know(e, s, term_not(e->t, y.b), depth + 1);
		return;
	}
	*vec_push(&s->known) = cond;
}

void assume(struct engine *e, struct state *s, term_t cond)
{
	know(e, s, cond, 0);
}

/* The address of a member or an element of something: whoever takes it has the something. */
static bool is_place(const struct engine *e, term_t a)
{
	enum term_op op = term_at(e->t, term_strip(e->t, a))->op;

	return op == TERM_FIELD || op == TERM_ELEMENT || op == TERM_LOCAL || op == TERM_GLOBAL;
}

/* An object, or a member behind something: what IS_ERR() is false of.  A first member is its record. */
static bool is_no_error(const struct engine *e, term_t a)
{
	int64_t offset;
	term_t base = term_base(e->t, a, &offset);
	enum term_op op = term_at(e->t, base)->op;

	return is_place(e, a) && (offset > 0 || op == TERM_LOCAL || op == TERM_GLOBAL);
}

/* `constant <= place`, of a constant that only error pointers reach. */
static bool asks_for_error(const struct engine *e, const struct term *x)
{
	int64_t v;

	return (x->op == TERM_ULE || x->op == TERM_ULT) && term_is_const(e->t, x->a, &v) && is_no_error(e, x->b) &&
	       (e->pointer.bits == 32 ? (int32_t)v : v) < 0 && (e->pointer.bits == 32 ? (int32_t)v : v) >= -4096;
}

static bool is_null(const struct engine *e, term_t a)
{
	int64_t v;

	return term_is_const(e->t, a, &v) && !v;
}

/* 1, 0 or -1 from what is known on the path alone. */
static int look_up(struct engine *e, struct state *s, term_t cond, unsigned depth)
{
	struct term x = *term_at(e->t, cond);
	term_t not_cond, *k;
	int64_t value;
	int a, b;

	if (term_is_const(e->t, cond, &value))
		return value != 0;
	not_cond = term_not(e->t, cond);
	vec_each(k, &s->known) {
		if (*k == cond)
			return 1;
		if (*k == not_cond)
			return 0;
	}
	if (depth > 32)
		return -1;
	if (x.op == TERM_EQ && ((is_null(e, x.b) && is_place(e, x.a)) || (is_null(e, x.a) && is_place(e, x.b))))
		return 0;
	if (asks_for_error(e, &x))
		return 0;
	if (x.op == TERM_NOT) {
		a = look_up(e, s, x.a, depth + 1);
		return a < 0 ? -1 : !a;
	}
	if (x.op == TERM_LAND || x.op == TERM_LOR) {
		a = look_up(e, s, x.a, depth + 1);
		b = look_up(e, s, x.b, depth + 1);
		if (x.op == TERM_LAND)
			return a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : -1;
		return a == 1 || b == 1 ? 1 : a == 0 && b == 0 ? 0 : -1;
	}
	return -1;
}

static bool about_request(const struct engine *e, term_t a, unsigned depth)
{
	const struct term *x = term_at(e->t, a);

	if (!a || depth > 24)
		return false;
	if (x->op == TERM_SYMBOL)
		return x->type.kind == CTYPE_INT;
	if (x->op == TERM_LOAD || x->op == TERM_CALL)
		return false;
	return about_request(e, x->a, depth + 1) || about_request(e, x->b, depth + 1) ||
	       about_request(e, x->c, depth + 1);
}

/* Can cond hold here, for any request?  Only what is about the same things is asked with it. */
static bool feasible(struct engine *e, struct state *s, term_t cond)
{
	term_t asked[MAX_KNOWN_ASKED + 1], *k;
	bool used[1024] = { false };
	size_t nr = 0, i, round;

	if (e->no_smt)
		return true;
	asked[nr++] = cond;
	/* What is about the same things, and about the things of that. */
	for (round = 0; round < 3; round++)
		for (i = 0; i < s->known.nr && i < 1024; i++) {
			bool add = false;
			size_t j;

			if (used[i] || nr > MAX_KNOWN_ASKED)
				continue;
			k = &s->known.items[i];
			for (j = 0; j < nr && !add; j++)
				add = shares_unknown(e, asked[j], *k);
			if (add) {
				used[i] = true;
				asked[nr++] = *k;
			}
		}
	if (nr == 1 && !about_request(e, cond, 0))
		return true;
	if (!e->smt) {
		e->smt = smt_new(e->t, &e->u->flags, e->u->page_shift ? e->u->page_shift : 12);
		if (!e->smt) {
			e->no_smt = true;
			return true;
		}
		smt_budget(e->smt, e->together ? MAX_SMT_STEPS / 4 : MAX_SMT_STEPS);
	}
	return smt_feasible(e->smt, asked, nr) != SMT_NO;
}

int decide(struct engine *e, struct state *s, term_t cond)
{
	int known = look_up(e, s, cond, 0);

	if (known >= 0)
		return known;
	if (!feasible(e, s, cond)) {
		e->c->infeasible++;
		return 0;
	}
	if (!feasible(e, s, term_not(e->t, cond))) {
		e->c->infeasible++;
		return 1;
	}
	return -1;
}

static void add_guard(struct engine *e, struct state *s, term_t cond, const char *text, unsigned line, bool taken)
{
	struct guard *g = vec_push(&s->guards);

	strlist_add(&e->texts, text);
	g->text = e->texts.items[e->texts.nr - 1];
	g->line = line;
	g->taken = taken;
	g->term = cond;
	assume(e, s, taken ? cond : term_not(e->t, cond));
}

/* A way was told by a call's result before the source asked for it: this is where it does. */
static void name_guard(struct engine *e, struct state *s, term_t cond, const char *text, unsigned line)
{
	struct guard *g;

	vec_each(g, &s->guards) {
		if (*g->text || (g->term != cond && g->term != term_not(e->t, cond)))
			continue;
		strlist_add(&e->texts, text);
		g->text = e->texts.items[e->texts.nr - 1];
		g->line = line;
		g->taken = g->term == cond ? g->taken : !g->taken;
		g->term = cond;
	}
}

void branch_term(struct engine *e, term_t cond, const char *text, unsigned line, struct state *s,
		 struct states *yes, struct states *no)
{
	int known = decide(e, s, cond);
	char *own = NULL;
	struct state *y;

	if (known >= 0) {
		if (text)
			name_guard(e, s, cond, text, line);
		*vec_push(known ? yes : no) = *s;
		return;
	}
	if (over_budget(e, yes, line)) {
		state_free(s);
		return;
	}
	if (!text)
		text = own = term_text(e->t, &e->u->flags, cond);
	y = states_add(yes, s);
	add_guard(e, y, cond, text, line, true);
	add_guard(e, s, cond, text, line, false);
	*vec_push(no) = *s;
	free(own);
}

/* `a && b` where b has an effect (or may not be looked at unless a holds). */
static void branch_split(struct engine *e, const struct node *n, uint32_t second, struct state *s,
			 struct states *yes, struct states *no)
{
	bool and = node_op_is(n, "&&");
	struct states left = { 0 };
	size_t i;

	branch(e, n->child, s, and ? &left : yes, and ? no : &left);
	for (i = 0; i < left.nr; i++)
		if (left.items[i].flow == FLOW_NEXT)
			branch(e, second, &left.items[i], yes, no);
		else
			*vec_push(no) = left.items[i];
	vec_free(&left);
}

void branch(struct engine *e, uint32_t cond, struct state *s, struct states *yes, struct states *no)
{
	const struct node *n = engine_node(e, cond);
	uint32_t second = child_at(e, cond, 1);
	bool logical = n->kind == NODE_BINARY && (node_op_is(n, "&&") || node_op_is(n, "||"));
	struct states after = { 0 };
	struct state *t;
	term_t a, b;
	char *text;
	size_t i;

	if (n->kind == NODE_UNARY && node_op_is(n, "!") && n->child) {
		branch(e, n->child, s, no, yes);
		return;
	}
	text = node_text(e->u, cond);
	if (logical && eval_pure(e, n->child, s, &a) && eval_pure(e, second, s, &b)) {
		a = term_truth(e->t, a);
		b = term_truth(e->t, b);
		branch_term(e, term_op(e->t, node_op_is(n, "&&") ? TERM_LAND : TERM_LOR, a, b, ctype_bool), text,
			    line_of(e, n), s, yes, no);
		free(text);
		return;
	}
	if (logical) {
		branch_split(e, n, second, s, yes, no);
		free(text);
		return;
	}
	eval(e, cond, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow != FLOW_NEXT)
			*vec_push(no) = *t;
		else
			branch_term(e, term_truth(e->t, t->value), text, line_of(e, n), t, yes, no);
	}
	vec_free(&after);
	free(text);
}
