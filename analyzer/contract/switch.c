// SPDX-License-Identifier: GPL-2.0-only
/* switch: every case is entered under its condition and falls through until a break. */
#include "contract/engine.h"

/* `x == value`, or a range; values are converted to the promoted type of the switch. */
static term_t matches(struct engine *e, term_t x, uint32_t label)
{
	struct ctype type = common_type(term_at(e->t, x)->type, ctype_int);
	const struct node *lo = engine_node(e, engine_node(e, label)->child), *hi;
	enum term_op le = type.is_signed ? TERM_SLE : TERM_ULE;
	term_t low;

	x = term_convert(e->t, x, type);
	if (!lo->has_value)
		return 0;
	low = term_convert(e->t, term_const(e->t, (uint64_t)lo->value, lo->ctype), type);
	hi = engine_node(e, lo->next);
	if (!hi->next)			/* the value, the statement */
		return term_op(e->t, TERM_EQ, x, low, ctype_bool);
	if (!hi->has_value)
		return 0;
	return term_op(e->t, TERM_LAND, term_op(e->t, le, low, x, ctype_bool),
		       term_op(e->t, le, x, term_convert(e->t, term_const(e->t, (uint64_t)hi->value, hi->ctype), type),
			       ctype_bool), ctype_bool);
}

struct entry { uint32_t at; term_t cond; bool is_default; unsigned line; };
VEC_DECLARE(entries, struct entry);

static uint32_t last_child(const struct engine *e, uint32_t node)
{
	uint32_t k = engine_node(e, node)->child;

	while (k && engine_node(e, k)->next)
		k = engine_node(e, k)->next;
	return k;
}

/* A label deeper in a statement: nobody writes that in a handler, and it is not followed. */
static bool holds_case(struct engine *e, uint32_t node)
{
	uint32_t k;

	for (k = engine_node(e, node)->child; k; k = engine_node(e, k)->next) {
		enum node_kind kind = engine_node(e, k)->kind;

		if (kind == NODE_CASE || kind == NODE_DEFAULT || (kind != NODE_SWITCH && holds_case(e, k)))
			return true;
	}
	return false;
}

/* `case A: case B: statement` nest; false: something that is not understood. */
static bool read_labels(struct engine *e, term_t x, uint32_t first, struct entry *en)
{
	const struct node *n;
	uint32_t k = first;
	term_t m;

	en->at = first;
	for (;;) {
		n = engine_node(e, k);
		if (n->kind == NODE_CASE) {
			m = matches(e, x, k);
			if (!m)
				return false;
			en->cond = en->cond ? term_op(e->t, TERM_LOR, en->cond, m, ctype_bool) : m;
		} else if (n->kind == NODE_DEFAULT) {
			en->is_default = true;
		} else {
			return n->kind == NODE_SWITCH || !holds_case(e, k);
		}
		k = last_child(e, k);
		if (!k)
			return true;
	}
}

static void enter(struct engine *e, uint32_t body, term_t x, struct state *s, struct states *out)
{
	struct entries list = { 0 };
	struct states rest = { 0 }, yes, no;
	struct entry *en;
	bool ok = true;
	uint32_t k;
	size_t i;

	for (k = engine_node(e, body)->child; k; k = engine_node(e, k)->next) {
		if (engine_node(e, k)->kind == NODE_CASE || engine_node(e, k)->kind == NODE_DEFAULT) {
			en = vec_push(&list);
			en->line = line_of(e, engine_node(e, k));
			ok &= read_labels(e, x, k, en);
		} else {
			ok &= engine_node(e, k)->kind == NODE_SWITCH || !holds_case(e, k);
		}
	}
	if (!ok) {
		unmodelled(e, s, line_of(e, engine_node(e, body)), "a case label inside another statement");
		s->flow = FLOW_RETURN;
		s->line = line_of(e, engine_node(e, body));
		s->value = term_fresh(e->t, "a switch that is not followed", ctype_int);
		*vec_push(out) = *s;
		vec_free(&list);
		return;
	}
	*vec_push(&rest) = *s;
	vec_each(en, &list) {
		if (!en->cond || en->is_default)
			continue;
		memset(&no, 0, sizeof(no));
		memset(&yes, 0, sizeof(yes));
		for (i = 0; i < rest.nr; i++)
			branch_term(e, en->cond, NULL, en->line, &rest.items[i], &yes, &no);
		for (i = 0; i < yes.nr; i++)
			exec_list(e, body, en->at, &yes.items[i], out, 0);
		vec_free(&yes);
		vec_free(&rest);
		rest = no;
	}
	vec_each(en, &list) {
		if (!en->is_default)
			continue;
		for (i = 0; i < rest.nr; i++)
			exec_list(e, body, en->at, &rest.items[i], out, 0);
		vec_free(&rest);
		rest.nr = 0;
	}
	states_move(out, &rest);
	vec_free(&list);
}

void exec_switch(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	uint32_t cond = child_at(e, node, 0), body = child_at(e, node, 1);
	struct states after = { 0 }, done = { 0 };
	size_t i, nr = s->variables.nr, nr_out = out->nr;

	eval(e, cond, s, &after);
	for (i = 0; i < after.nr; i++) {
		if (after.items[i].flow == FLOW_NEXT && body)
			enter(e, body, after.items[i].value, &after.items[i], &done);
		else
			*vec_push(&done) = after.items[i];
	}
	vec_free(&after);
	for (i = 0; i < done.nr; i++) {
		if (done.items[i].flow == FLOW_BREAK)
			done.items[i].flow = FLOW_NEXT;
		scope_end(e, nr, &done.items[i], out);
	}
	vec_free(&done);
	take_together(e, out, nr_out);
}
