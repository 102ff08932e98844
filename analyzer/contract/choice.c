// SPDX-License-Identifier: GPL-2.0-only
/* `a && b`, `a || b`, `a ? b : c`: one value where nothing happens in it, else a way for each. */
#include "contract/engine.h"

static void done(struct state *s, term_t value, struct states *out)
{
	s->value = value;
	*vec_push(out) = *s;
}

/* `a && b`, `a || b`: one condition when b has no effect, else split as C does. */
void eval_logical(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	enum term_op op = node_op_is(engine_node(e, node), "&&") ? TERM_LAND : TERM_LOR;
	struct states yes = { 0 }, no = { 0 };
	term_t v, a, b;
	size_t i;

	if (eval_pure(e, child_at(e, node, 0), s, &a) && eval_pure(e, child_at(e, node, 1), s, &b)) {
		v = term_op(e->t, op, term_truth(e->t, a), term_truth(e->t, b), ctype_bool);
		done(s, term_convert(e->t, v, ctype_int), out);
		return;
	}
	branch(e, node, s, &yes, &no);
	for (i = 0; i < yes.nr; i++) {
		v = yes.items[i].flow == FLOW_NEXT ? term_const(e->t, 1, ctype_int) : yes.items[i].value;
		done(&yes.items[i], v, out);
	}
	for (i = 0; i < no.nr; i++) {
		v = no.items[i].flow == FLOW_NEXT ? term_const(e->t, 0, ctype_int) : no.items[i].value;
		done(&no.items[i], v, out);
	}
	vec_free(&yes);
	vec_free(&no);
}

/* Both arms without an effect: one value that depends on the condition. */
static bool pure_choice(struct engine *e, uint32_t node, struct state *s, term_t *value)
{
	const struct node *n = engine_node(e, node);
	term_t c, a, b;
	int known;

	if (!eval_pure(e, child_at(e, node, 0), s, &c))
		return false;
	b = 0;
	if (node_op_is(n, "?:")) {
		a = c;
		if (!eval_pure(e, child_at(e, node, 1), s, &b))
			return false;
	} else if (!eval_pure(e, child_at(e, node, 1), s, &a) || !eval_pure(e, child_at(e, node, 2), s, &b)) {
		return false;
	}
	if (n->ctype.kind == CTYPE_INT || n->ctype.kind == CTYPE_POINTER || n->ctype.kind == CTYPE_BOOL) {
		a = term_convert(e->t, a, n->ctype);
		b = term_convert(e->t, b, n->ctype);
	} else if (a != b) {
		return false;		/* records and void: split */
	}
	c = term_truth(e->t, c);
	known = decide(e, s, c);
	*value = known == 1 ? a : known == 0 ? b : term_ite(e->t, c, a, b);
	return true;
}

void eval_choice(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states yes = { 0 }, no = { 0 }, after = { 0 };
	bool elvis = node_op_is(n, "?:");
	struct state *t;
	term_t v;
	size_t i;

	if (pure_choice(e, node, s, &v)) {
		done(s, v, out);
		return;
	}
	if (!elvis) {
		branch(e, n->child, s, &yes, &no);
		exec_all(e, child_at(e, node, 1), &yes, out);
		exec_all(e, child_at(e, node, 2), &no, out);
		return;
	}
	/* `a ?: b`: a is evaluated once. */
	eval(e, n->child, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow != FLOW_NEXT) {
			*vec_push(out) = *t;
			continue;
		}
		v = t->value;
		branch_term(e, term_truth(e->t, v), NULL, line_of(e, n), t, &yes, &no);
	}
	vec_free(&after);
	states_move(out, &yes);
	exec_all(e, child_at(e, node, 1), &no, out);
}
