// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loops.  One that ends after a few passes whatever the request is followed pass by pass.  Any other
 * is one effect: what a pass can change is not known before and after it, and the effects of a pass
 * are listed once, marked as its body's.
 */
#include <stdlib.h>

#include "contract/engine.h"

enum { MAX_PASSES = 8, MAX_FINE_ROUNDS = 4, MAX_ROUNDS = 32 };

VEC_DECLARE(effect_list, uint32_t);

struct loop { uint32_t cond, body, step; bool body_first; unsigned line; };

/* Split on the loop's condition; an absent one holds. */
static void test(struct engine *e, const struct loop *l, struct state *s, struct states *yes, struct states *no)
{
	if (l->cond && engine_node(e, l->cond)->kind != NODE_NULLSTMT)
		branch(e, l->cond, s, yes, no);
	else
		*vec_push(yes) = *s;
}

/* The body and the step: what goes round again to next, what leaves the loop to left. */
static void pass(struct engine *e, const struct loop *l, struct states *in, struct states *next, struct states *left)
{
	struct states after = { 0 }, stepped = { 0 };
	struct state *t;
	size_t i;

	exec_all(e, l->body, in, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT || t->flow == FLOW_CONTINUE) {
			t->flow = FLOW_NEXT;
			if (l->step && engine_node(e, l->step)->kind != NODE_NULLSTMT)
				eval(e, l->step, t, &stepped);
			else
				*vec_push(&stepped) = *t;
			continue;
		}
		*vec_push(left) = *t;
	}
	vec_free(&after);
	memset(&after, 0, sizeof(after));
	/* scoped_guard(): the step is a goto to a break in the body. */
	for (i = 0; i < stepped.nr; i++) {
		t = &stepped.items[i];
		if (t->flow == FLOW_GOTO && holds_label(e, l->body, t->label))
			exec_from_label(e, l->body, t->label, t, &after);
		else
			*vec_push(&after) = *t;
	}
	vec_free(&stepped);
	for (i = 0; i < after.nr; i++)
		*vec_push(after.items[i].flow == FLOW_NEXT || after.items[i].flow == FLOW_CONTINUE ? next : left)
			= after.items[i];
	vec_free(&after);
	for (i = 0; i < next->nr; i++)
		next->items[i].flow = FLOW_NEXT;
}

/* Pass by pass; false: it goes on too long, and nothing was kept. */
static bool unroll(struct engine *e, const struct loop *l, const struct state *s, struct states *out)
{
	struct states now = { 0 }, yes, no, left = { 0 };
	unsigned n;
	size_t i;

	states_add(&now, s);
	for (n = 0; n <= MAX_PASSES && now.nr; n++) {
		memset(&yes, 0, sizeof(yes));
		memset(&no, 0, sizeof(no));
		if (l->body_first && !n) {
			yes = now;
		} else {
			for (i = 0; i < now.nr; i++)
				test(e, l, &now.items[i], &yes, &no);
			vec_free(&now);
		}
		for (i = 0; i < no.nr; i++)
			*vec_push(&left) = no.items[i];
		/* A second pass that depends on the request: the number of passes does. */
		if (n && yes.nr && no.nr) {
			vec_free(&no);
			now = yes;
			break;
		}
		vec_free(&no);
		memset(&now, 0, sizeof(now));
		pass(e, l, &yes, &now, &left);
		if (now.nr + left.nr > 64 || e->too_many)
			break;
	}
	if (now.nr || e->too_many) {
		states_free(&now);
		states_free(&left);
		return false;
	}
	states_move(out, &left);
	return true;
}

/* Is what is known of a place that there is nothing to know, of it or of what it is in? */
static bool is_forgotten(struct engine *e, const struct state *s, term_t address)
{
	const struct cell *c;

	vec_each(c, &s->cells)
		if (is_below(e->t, address, c->address) && term_at(e->t, c->value)->op == TERM_FRESH &&
		    term_at(e->t, c->value)->type.kind == CTYPE_NONE)
			return true;
	return false;
}

/* Also where another term is worth the same constant: `if (ret) break;` leaves 0 to the next pass. */
static bool same_value(struct engine *e, struct state *after, term_t before, term_t now)
{
	struct ctype type = term_at(e->t, before)->type;
	int64_t v;

	if (before == now)
		return true;
	return term_is_const(e->t, before, &v) && ctype_width(type) &&
	       ctype_width(term_at(e->t, now)->type) == ctype_width(type) &&
	       decide(e, after, term_op(e->t, TERM_EQ, now, before, ctype_bool)) == 1;
}

static void add_address(struct addresses *list, term_t address)
{
	const term_t *a;

	vec_each(a, list)
		if (*a == address)
			return;
	*vec_push(list) = address;
}

/* Where the function's own memory and the mapping, as far as they were there before, are not what they were. */
static void changed(struct engine *e, const struct state *before, struct state *after, struct addresses *list)
{
	const struct cell *c, *d;
	bool is_same;
	size_t i;

	for (i = 0; i < after->cells.nr; i++) {
		d = &after->cells.items[i];
		if (!memory_is_own(e, address_root(e->t, d->address)) || is_forgotten(e, before, d->address))
			continue;
		/* What was only read has become a cell of the mapping. */
		is_same = term_at(e->t, address_root(e->t, d->address))->op != TERM_LOCAL &&
			  term_at(e->t, d->value)->op == TERM_FRESH;
		vec_each(c, &before->cells)
			if (c->address == d->address)
				is_same = same_value(e, after, c->value, d->value);
		if (!is_same)
			add_address(list, d->address);
	}
	vec_each(c, &before->cells) {
		bool there = !memory_is_own(e, address_root(e->t, c->address));

		vec_each(d, &after->cells)
			there |= c->address == d->address;
		if (!there)
			add_address(list, c->address);
	}
}

/* All ways round the loop, once. */
static void go_round(struct engine *e, const struct loop *l, const struct state *s, struct states *next)
{
	struct states yes = { 0 }, no = { 0 }, left = { 0 }, after = { 0 };
	struct state trial;
	size_t i;

	state_copy(&trial, s);
	if (l->body_first) {
		*vec_push(&yes) = trial;
		pass(e, l, &yes, &after, &left);
		/* What the condition does is part of the way round. */
		for (i = 0; i < after.nr; i++)
			test(e, l, &after.items[i], next, &no);
		vec_free(&after);
	} else {
		test(e, l, &trial, &yes, &no);
		pass(e, l, &yes, next, &left);
	}
	states_free(&no);
	states_free(&left);
}

/*
 * The state in which any pass can begin.  What does not settle member by member (a pointer that goes
 * from one object to the next) does when the whole variable is forgotten.
 */
static void generalize(struct engine *e, const struct loop *l, struct state *s)
{
	struct addresses list = { 0 };
	struct names seen = { 0 };
	struct states next;
	size_t i, k, round, nr_terms = e->t->nr;
	term_t *a;
	bool more;

	for (round = 0; round < MAX_ROUNDS && !e->too_many; round++) {
		memset(&next, 0, sizeof(next));
		vec_free(&list);
		more = false;
		go_round(e, l, s, &next);
		for (i = 0; i < next.nr; i++)
			changed(e, s, &next.items[i], &list);
		for (i = 0; i < next.nr; i++) {
			more |= outside_again(e, s, &next.items[i], nr_terms, &seen);
			for (k = 0; k < next.items[i].escaped.nr; k++)
				more |= state_let_out(s, next.items[i].escaped.items[k]);
		}
		states_free(&next);
		if (!list.nr && !more)
			break;
		vec_each(a, &list)
			memory_forget(e, s, round < MAX_FINE_ROUNDS ? *a : address_root(e->t, *a), "a loop's variable");
	}
	if (round == MAX_ROUNDS)
		unmodelled(e, s, l->line, "a loop whose variables do not settle");
	vec_free(&list);
	vec_free(&seen);
}

/* The effects that a path has beyond the first nr, once each. */
static void add_new(const struct state *s, size_t nr, struct effect_list *list)
{
	const uint32_t *f;
	size_t i;

	for (i = nr; i < s->effects.nr; i++) {
		vec_each(f, list)
			if (*f == s->effects.items[i])
				break;
		if (f == list->items + list->nr)
			*vec_push(list) = s->effects.items[i];
	}
}

/* The passes before this one come first. */
static void insert(struct state *s, size_t at, const struct effect_list *list)
{
	struct state copy = { 0 };
	size_t i;

	for (i = 0; i < at; i++)
		*vec_push(&copy.effects) = s->effects.items[i];
	for (i = 0; i < list->nr; i++)
		*vec_push(&copy.effects) = list->items[i];
	for (i = at; i < s->effects.nr; i++)
		*vec_push(&copy.effects) = s->effects.items[i];
	vec_free(&s->effects);
	s->effects.items = copy.effects.items;
	s->effects.nr = copy.effects.nr;
	s->effects.cap = copy.effects.cap;
}

/* What another pass follows: its effects are there once, whichever pass they were of. */
static void went_round(struct engine *e, struct passes *p, struct states *next, size_t nr, struct effect_list *body,
		       uint32_t *unmod)
{
	size_t i;

	for (i = 0; i < next->nr; i++) {
		add_new(&next->items[i], nr, body);
		/* A pass that always goes round again ends in no exit of its own. */
		if (next->items[i].unmodelled)
			*unmod = next->items[i].unmodelled;
		passes_way(e, p, &next->items[i], nr, PASS_AGAIN);
	}
}

static void summarize(struct engine *e, const struct loop *l, struct state *s, struct states *out)
{
	struct states yes = { 0 }, again = { 0 }, next = { 0 }, left = { 0 }, exits = { 0 };
	uint32_t outer = s->loop, unmod = 0, loop;
	struct effect_list body = { 0 };
	struct state *t, before;
	struct passes *p;
	size_t nr, i;
	char *text;

	passes_settle(e, s);
	text = l->cond ? node_text(e->u, l->cond) : xstrdup("");
	add_effect(e, s, EFFECT_LOOP, l->line, text);
	free(text);
	loop = s->effects.items[s->effects.nr - 1];
	state_copy(&before, s);
	generalize(e, l, s);
	p = passes_begin(e, &before, s);
	e->c->effects[loop].passes = p;
	state_free(&before);
	s->loop = loop + 1;
	nr = s->effects.nr;
	if (l->body_first) {
		*vec_push(&yes) = *s;
		pass(e, l, &yes, &next, &left);
		for (i = 0; i < next.nr; i++)
			test(e, l, &next.items[i], &again, &exits);
		vec_free(&next);
	} else {
		test(e, l, s, &yes, &exits);
		pass(e, l, &yes, &again, &left);
	}
	went_round(e, p, &again, nr, &body, &unmod);
	states_free(&again);
	p->before = (uint32_t)body.nr;
	for (i = 0; i < exits.nr; i++)
		passes_way(e, p, &exits.items[i], nr, PASS_DONE);
	for (i = 0; i < left.nr; i++) {
		passes_way(e, p, &left.items[i], nr, PASS_LEFT);
		*vec_push(&exits) = left.items[i];
	}
	vec_free(&left);
	/* A path that never ends is in no list: the request that takes it must not be missed for that. */
	if (!exits.nr && !e->too_many)
		unmodelled(e, NULL, l->line, "a loop that no pass ends");
	for (i = 0; i < exits.nr; i++) {
		t = &exits.items[i];
		insert(t, nr, &body);
		t->loop = outer;
		if (!t->unmodelled)
			t->unmodelled = unmod;
		*vec_push(out) = *t;
	}
	vec_free(&exits);
	vec_free(&body);
}

void exec_loop(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct loop l = { .line = line_of(e, n), .body_first = n->kind == NODE_DO };
	struct states started = { 0 }, ended = { 0 };
	size_t i, nr = s->variables.nr, nr_out = out->nr;
	struct state *t;

	if (n->kind == NODE_FOR) {
		l.cond = child_at(e, node, 1);
		l.step = child_at(e, node, 2);
		l.body = child_at(e, node, 3);
		exec(e, child_at(e, node, 0), s, &started);
	} else {
		l.body = child_at(e, node, l.body_first ? 0 : 1);
		l.cond = child_at(e, node, l.body_first ? 1 : 0);
		*vec_push(&started) = *s;
	}
	for (i = 0; i < started.nr; i++) {
		t = &started.items[i];
		if (t->flow != FLOW_NEXT) {
			*vec_push(&ended) = *t;
		} else if (unroll(e, &l, t, &ended)) {
			state_free(t);
		} else if (e->too_many) {
			state_free(t);
		} else {
			summarize(e, &l, t, &ended);
		}
	}
	vec_free(&started);
	for (i = 0; i < ended.nr; i++) {
		t = &ended.items[i];
		if (t->flow == FLOW_BREAK || t->flow == FLOW_CONTINUE)
			t->flow = FLOW_NEXT;
		/* Of for (int i …), and scoped_guard()'s. */
		scope_end(e, nr, t, out);
	}
	vec_free(&ended);
	take_together(e, out, nr_out);
}
