// SPDX-License-Identifier: GPL-2.0-only
/* Statements: which paths are there, and in which order do their effects happen? */
#include "contract/engine.h"

void exec_all(struct engine *e, uint32_t node, struct states *in, struct states *out)
{
	size_t i;

	for (i = 0; i < in->nr; i++) {
		if (node && in->items[i].flow == FLOW_NEXT)
			exec(e, node, &in->items[i], out);
		else
			*vec_push(out) = in->items[i];
	}
	vec_free(in);
}

/* Does this statement hold the label, itself or deeper? */
bool holds_label(struct engine *e, uint32_t node, const char *label)
{
	const struct node *n = engine_node(e, node);
	uint32_t k;

	if (n->kind == NODE_LABEL && n->name && !strcmp(n->name, label))
		return true;
	for (k = n->child; k; k = engine_node(e, k)->next)
		if (holds_label(e, k, label))
			return true;
	return false;
}

/* The statement that holds the label can be entered there: no loop or switch is in between. */
static bool can_enter(struct engine *e, uint32_t node, const char *label)
{
	const struct node *n = engine_node(e, node);
	uint32_t k;

	if (n->kind == NODE_LABEL && n->name && !strcmp(n->name, label))
		return true;
	if (n->kind != NODE_BLOCK && n->kind != NODE_IF && n->kind != NODE_LABEL)
		return false;
	for (k = n->child; k; k = engine_node(e, k)->next)
		if (holds_label(e, k, label))
			return can_enter(e, k, label);
	return false;
}

void exec_from_label(struct engine *e, uint32_t node, const char *label, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states now = { 0 }, then;
	size_t i, nr = s->variables.nr;
	uint32_t k;

	s->flow = FLOW_NEXT;
	if (n->kind == NODE_LABEL && n->name && !strcmp(n->name, label)) {
		exec(e, node, s, out);
		return;
	}
	for (k = n->child; k && !holds_label(e, k, label); k = engine_node(e, k)->next)
		;
	if (!k || !can_enter(e, node, label)) {
		unmodelled(e, s, line_of(e, n), "a goto into a nested statement");
		s->flow = FLOW_RETURN;
		s->line = line_of(e, n);
		s->value = term_fresh(e->t, "a goto into a nested statement", ctype_int);
		*vec_push(out) = *s;
		return;
	}
	exec_from_label(e, k, label, s, &now);
	if (n->kind == NODE_BLOCK)	/* what follows in the same list */
		for (k = engine_node(e, k)->next; k; k = engine_node(e, k)->next) {
			memset(&then, 0, sizeof(then));
			exec_all(e, k, &now, &then);
			now = then;
		}
	for (i = 0; i < now.nr; i++)
		scope_end(e, nr, &now.items[i], out);
	vec_free(&now);
}

static uint32_t find_label(struct engine *e, uint32_t block, const char *label)
{
	uint32_t k;

	for (k = engine_node(e, block)->child; k; k = engine_node(e, k)->next)
		if (holds_label(e, k, label))
			return k;
	return 0;
}

/* A goto to a label of this list goes on there; what does not fit is a path that is not modelled. */
static void jump(struct engine *e, uint32_t block, uint32_t target, struct state *s, struct states *out,
		 unsigned jumps)
{
	unsigned line = engine_node(e, target)->line;
	bool nested = engine_node(e, target)->kind != NODE_LABEL;
	const char *why = nested && !can_enter(e, target, s->label) ? "a goto into a nested statement"
		: jumps > 8 ? "a loop made of goto" : NULL;
	struct states in = { 0 };
	const char *label = s->label;
	uint32_t next = engine_node(e, target)->next;
	size_t i;

	if (why) {
		unmodelled(e, s, line, why);
		s->flow = FLOW_RETURN;
		s->line = line;
		s->value = term_fresh(e->t, why, ctype_int);
		*vec_push(out) = *s;
		return;
	}
	jumps += line <= s->line ? 4 : 0;
	if (!nested) {
		s->flow = FLOW_NEXT;
		exec_list(e, block, target, s, out, jumps);
		return;
	}
	exec_from_label(e, target, label, s, &in);
	for (i = 0; i < in.nr; i++)
		if (next && in.items[i].flow == FLOW_NEXT)
			exec_list(e, block, next, &in.items[i], out, jumps);
		else
			*vec_push(out) = in.items[i];
	vec_free(&in);
}

/* What a statement was worth nobody asks, but for the last one of a statement expression. */
static void forget_values(struct states *list, size_t first)
{
	size_t i;

	for (i = first; i < list->nr; i++)
		if (list->items[i].flow == FLOW_NEXT)
			list->items[i].value = 0;
}

void exec_list(struct engine *e, uint32_t block, uint32_t first, struct state *s, struct states *out,
	       unsigned jumps)
{
	struct states now = { 0 }, then;
	size_t i, nr_guards = s->guards.nr;
	struct state t;
	uint32_t k, target;

	*vec_push(&now) = *s;
	for (k = first; k; k = engine_node(e, k)->next) {
		memset(&then, 0, sizeof(then));
		exec_all(e, k, &now, &then);
		now = then;
		if (engine_node(e, k)->next)
			forget_values(&now, 0);
		join_same(&now, 0, nr_guards);
		take_together(e, &now, 0);
	}
	for (i = 0; i < now.nr; i++) {
		t = now.items[i];
		target = t.flow == FLOW_GOTO ? find_label(e, block, t.label) : 0;
		if (target)
			jump(e, block, target, &t, out, jumps);
		else
			*vec_push(out) = t;
	}
	vec_free(&now);
}

static void exec_if(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	struct states yes = { 0 }, no = { 0 }, then = { 0 }, other = { 0 };
	size_t nr_guards = s->guards.nr, nr_out = out->nr;

	branch(e, child_at(e, node, 0), s, &yes, &no);
	exec_all(e, child_at(e, node, 1), &yes, &then);
	exec_all(e, child_at(e, node, 2), &no, &other);
	states_move(out, &then);
	states_move(out, &other);
	forget_values(out, nr_out);
	join_same(out, nr_out, nr_guards);
	take_together(e, out, nr_out);
}

static void exec_block(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	size_t i, nr = s->variables.nr;
	struct states after = { 0 };

	if (n->op) {			/* declarations: no scope of their own */
		exec_list(e, node, n->child, s, out, 0);
		return;
	}
	exec_list(e, node, n->child, s, &after, 0);
	for (i = 0; i < after.nr; i++)
		scope_end(e, nr, &after.items[i], out);
	vec_free(&after);
}

/* The last child is the statement; what is before it is the case's value. */
static void exec_last(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	uint32_t k, last = 0;

	for (k = engine_node(e, node)->child; k; k = engine_node(e, k)->next)
		last = k;
	if (last)
		exec(e, last, s, out);
	else
		*vec_push(out) = *s;
}

/* `return bad ? -EINVAL : 0;` is two results. */
static void split_result(struct engine *e, struct state *s, unsigned line, unsigned depth, struct states *out)
{
	struct states yes = { 0 }, no = { 0 };
	term_t v = term_strip(e->t, s->value);
	struct term x = *term_at(e->t, v);
	size_t i;

	if (x.op == TERM_TRUNC || x.op == TERM_ZEXT || x.op == TERM_SEXT)
		x = *term_at(e->t, x.a);
	if (x.op != TERM_ITE || depth > 4) {
		*vec_push(out) = *s;
		return;
	}
	branch_term(e, x.a, NULL, line, s, &yes, &no);
	for (i = 0; i < yes.nr; i++) {
		yes.items[i].value = term_convert(e->t, x.b, term_at(e->t, yes.items[i].value)->type);
		split_result(e, &yes.items[i], line, depth + 1, out);
	}
	for (i = 0; i < no.nr; i++) {
		no.items[i].value = term_convert(e->t, x.c, term_at(e->t, no.items[i].value)->type);
		split_result(e, &no.items[i], line, depth + 1, out);
	}
	vec_free(&yes);
	vec_free(&no);
}

static void exec_return(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	struct state *t;
	size_t i;

	if (n->child)
		eval(e, n->child, s, &after);
	else
		*vec_push(&after) = *s;
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT) {
			t->flow = FLOW_RETURN;
			t->line = line_of(e, n);
			if (!n->child)
				t->value = 0;
			split_result(e, t, t->line, 0, out);
			continue;
		}
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

/* A number that stays what it was declared to be: it could as well be the call's own. */
static bool is_constant(const struct node *n)
{
	const char *type = n->type ? n->type : "";
	bool is_number = n->ctype.kind == CTYPE_INT || n->ctype.kind == CTYPE_BOOL;

	return n->ref == REF_STATIC_LOCAL && n->child && is_number && (str_starts(type, "const ") || str_ends(type, " const"));
}

static void exec_decl(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node), *init = engine_node(e, n->child);
	struct states after = { 0 };
	struct state *t;
	term_t at, v;
	size_t i;

	if (!n->name || (n->ref != REF_LOCAL && !is_constant(n))) {	/* static: of the file */
		*vec_push(out) = *s;
		return;
	}
	if (n->child && init->kind == NODE_INIT &&
	    (n->ctype.kind == CTYPE_RECORD || n->ctype.kind == CTYPE_ARRAY)) {
		at = variable_add(e, s, n->name, n->ctype, n->cleanup, line_of(e, n));
		initialize(e, n->child, at, s, out);
		return;
	}
	if (n->child)
		eval(e, n->child, s, &after);
	else
		*vec_push(&after) = *s;
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT) {
			v = t->value;
			at = variable_add(e, t, n->name, n->ctype, n->cleanup, line_of(e, n));
			if (n->child && v)
				memory_write(e, t, at, n->ctype.kind == CTYPE_RECORD ||
					     term_at(e->t, v)->type.kind == CTYPE_RECORD ? v
					     : term_convert(e->t, v, n->ctype));
		}
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

void exec(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);

	if (over_budget(e, out, line_of(e, n))) {
		state_free(s);
		return;
	}
	switch (n->kind) {
	case NODE_BLOCK:
		exec_block(e, node, s, out);
		return;
	case NODE_IF:
		exec_if(e, node, s, out);
		return;
	case NODE_FOR:
	case NODE_WHILE:
	case NODE_DO:
		exec_loop(e, node, s, out);
		return;
	case NODE_SWITCH:
		exec_switch(e, node, s, out);
		return;
	case NODE_CASE:
	case NODE_DEFAULT:
	case NODE_LABEL:
		exec_last(e, node, s, out);
		return;
	case NODE_RETURN:
		exec_return(e, node, s, out);
		return;
	case NODE_DECL:
		exec_decl(e, node, s, out);
		return;
	case NODE_GOTO:
		s->flow = FLOW_GOTO;
		s->label = n->name;
		s->line = n->line;
		*vec_push(out) = *s;
		return;
	case NODE_BREAK:
	case NODE_CONTINUE:
		s->flow = n->kind == NODE_BREAK ? FLOW_BREAK : FLOW_CONTINUE;
		*vec_push(out) = *s;
		return;
	case NODE_NULLSTMT:
	case NODE_NONE:
		*vec_push(out) = *s;
		return;
	case NODE_DESIGNATE:
		eval(e, n->child, s, out);
		return;
	default:
		eval(e, node, s, out);
		return;
	}
}
