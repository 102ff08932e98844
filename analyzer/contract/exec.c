// SPDX-License-Identifier: GPL-2.0-only
/* Statements: which paths are there, and in which order do their effects happen? */
#include <stdlib.h>
#include <string.h>

#include "contract/engine.h"

enum { MAX_STATES = 1024, MAX_STEPS = 400000 };

static bool over_budget(struct engine *e, const struct states *out, unsigned line)
{
	if (++e->steps <= MAX_STEPS && out->nr <= MAX_STATES)
		return false;
	if (!e->too_many)
		unmodelled(e, line, "more paths than are followed");
	e->too_many = true;
	return true;
}

static void add_guard(struct engine *e, uint32_t cond, struct state *s, bool taken)
{
	struct guard *g = vec_push(&s->guards);
	char *text = node_text(e->u, cond);

	strlist_add(&e->texts, text);
	free(text);
	g->text = e->texts.items[e->texts.nr - 1];
	g->line = engine_node(e, cond)->line;
	g->node = cond;
	g->taken = taken;
}

/* Evaluate cond and split: states where it holds go to yes, the others to no.  s is consumed. */
static void branch(struct engine *e, uint32_t cond, struct state *s, struct states *yes, struct states *no)
{
	const struct node *n = engine_node(e, cond);
	uint32_t second = n->child ? engine_node(e, n->child)->next : 0;
	struct states after = { 0 };
	struct state *t;
	size_t i;
	int known;

	/* && and || decide whether their right side is evaluated at all. */
	if (n->kind == NODE_BINARY && n->op && (!strcmp(n->op, "&&") || !strcmp(n->op, "||"))) {
		bool and = n->op[0] == '&';
		struct states left = { 0 };

		branch(e, n->child, s, and ? &left : yes, and ? no : &left);
		for (i = 0; i < left.nr; i++)
			branch(e, second, &left.items[i], yes, no);
		vec_free(&left);
		return;
	}
	if (n->kind == NODE_UNARY && n->op && !strcmp(n->op, "!")) {
		branch(e, n->child, s, no, yes);
		return;
	}
	eval(e, cond, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow != FLOW_NEXT) {
			states_add(no, t);
			continue;
		}
		known = decide(e, cond, t);
		if (known < 0 && t->result.kind == VALUE_CONST && n->kind == NODE_CALL)
			known = t->result.number != 0;
		if (known != 0 && !over_budget(e, yes, n->line)) {
			struct state *y = states_add(yes, t);

			if (known < 0) {
				add_guard(e, cond, y, true);
				refine(e, cond, y, true);
			}
		}
		if (known != 1 && !over_budget(e, no, n->line)) {
			struct state *f = states_add(no, t);

			if (known < 0) {
				add_guard(e, cond, f, false);
				refine(e, cond, f, false);
			}
		}
	}
	states_free(&after);
}

static void exec_all(struct engine *e, uint32_t node, struct states *in, struct states *out)
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
static bool holds_label(struct engine *e, uint32_t node, const char *label)
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

/* A list of statements from `first` on; a goto to a label in the list goes on there. */
static void exec_list(struct engine *e, uint32_t block, uint32_t first, struct state *s, struct states *out,
		      unsigned jumps)
{
	struct states now = { 0 }, then = { 0 };
	struct state t;
	uint32_t k, target;
	size_t i;

	*vec_push(&now) = *s;
	for (k = first; k; k = engine_node(e, k)->next) {
		memset(&then, 0, sizeof(then));
		exec_all(e, k, &now, &then);
		now = then;
	}
	for (i = 0; i < now.nr; i++) {
		t = now.items[i];
		target = 0;
		if (t.flow == FLOW_GOTO)
			for (k = engine_node(e, block)->child; k; k = engine_node(e, k)->next)
				if (holds_label(e, k, t.label)) {
					target = k;
					break;
				}
		if (!target) {
			*vec_push(out) = t;
			continue;
		}
		if (engine_node(e, target)->kind != NODE_LABEL) {
			unmodelled(e, engine_node(e, target)->line, "a goto into a nested statement");
			*vec_push(out) = t;
			continue;
		}
		if (jumps > 6) {
			unmodelled(e, engine_node(e, target)->line, "a loop made of goto");
			t.flow = FLOW_RETURN;
			t.result = (struct value){ .kind = VALUE_UNKNOWN };
			*vec_push(out) = t;
			continue;
		}
		t.flow = FLOW_NEXT;
		exec_list(e, block, target, &t, out, jumps + 1);
	}
	vec_free(&now);
}

static void exec_if(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	uint32_t cond = child_at(e, node, 0), then = child_at(e, node, 1), other = child_at(e, node, 2);
	struct states yes = { 0 }, no = { 0 };

	branch(e, cond, s, &yes, &no);
	exec_all(e, then, &yes, out);
	exec_all(e, other, &no, out);
}

/* Guards that were declared since a scope began give back what they took. */
static void end_scope(struct engine *e, struct state *s, unsigned held, const struct node *at)
{
	for (; s->held > held; s->held--)
		add_effect(e, s, EFFECT_DROP, at, "end of scope")->state = STATE_LOCK;
}

static void exec_block(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	unsigned held = s->held;
	size_t i, first = out->nr, locals = s->locals.nr;

	exec_list(e, node, n->child, s, out, 0);
	if (n->op)			/* declarations: no scope of their own */
		return;
	for (i = first; i < out->nr; i++) {
		end_scope(e, &out->items[i], held, n);
		/* What was declared in the block hides nothing any more. */
		out->items[i].locals.nr = locals;
	}
}

static bool is_scoped_guard(const struct node *n)
{
	return n->macro && str_starts(n->macro, "scoped_");
}

/* A loop is followed for no pass and for one; its effects are marked. */
static void exec_loop(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	uint32_t k, body = 0, cond = 0;
	bool at_least_once = n->kind == NODE_DO || is_scoped_guard(n), once = at_least_once;
	struct states now = { 0 }, then = { 0 };
	unsigned held = s->held;
	struct state *t;
	size_t i;

	for (k = n->child; k; k = engine_node(e, k)->next)
		if (n->kind == NODE_DO ? !body : true)
			body = k;
	if (n->kind == NODE_DO || n->kind == NODE_WHILE)
		cond = child_at(e, node, n->kind == NODE_DO);
	/* do { } while (0), scoped_guard(): no loop at all. */
	if (n->kind == NODE_DO)
		once = cond && engine_node(e, cond)->has_value && !engine_node(e, cond)->value;
	if (!at_least_once)
		states_add(out, s);
	if (!once) {
		/* A later pass begins with what an earlier one assigned. */
		locals_assigned(e, s, node);
		s->loops++;
	}
	*vec_push(&now) = *s;
	for (k = n->child; k; k = engine_node(e, k)->next) {
		if (k == body || (is_scoped_guard(n) && k != n->child))
			continue;
		memset(&then, 0, sizeof(then));
		exec_all(e, k, &now, &then);
		now = then;
	}
	memset(&then, 0, sizeof(then));
	exec_all(e, body, &now, &then);
	for (i = 0; i < then.nr; i++) {
		t = &then.items[i];
		if (t->flow == FLOW_BREAK || t->flow == FLOW_CONTINUE)
			t->flow = FLOW_NEXT;
		end_scope(e, t, held, n);
		if (!once)
			t->loops--;
		/* How many passes there were is not known. */
		if (!once && t->flow == FLOW_NEXT)
			locals_assigned(e, t, node);
		*vec_push(out) = *t;
	}
	vec_free(&then);
}

/* Every case may be entered, and falls through until a break; no default: also none. */
static void exec_switch(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	uint32_t cond = child_at(e, node, 0), body = child_at(e, node, 1), k;
	struct states after = { 0 }, done = { 0 };
	bool has_default = false;
	size_t i;

	eval(e, cond, s, &after);
	for (i = 0; i < after.nr; i++) {
		for (k = engine_node(e, body)->child; k; k = engine_node(e, k)->next) {
			const struct node *n = engine_node(e, k);
			struct state t;

			if (n->kind != NODE_CASE && n->kind != NODE_DEFAULT)
				continue;
			has_default |= n->kind == NODE_DEFAULT;
			if (over_budget(e, &done, n->line))
				continue;
			state_copy(&t, &after.items[i]);
			if (n->kind == NODE_CASE)
				add_guard(e, cond, &t, true);
			exec_list(e, body, k, &t, &done, 0);
		}
		if (!has_default)
			states_add(&done, &after.items[i]);
	}
	for (i = 0; i < done.nr; i++) {
		if (done.items[i].flow == FLOW_BREAK)
			done.items[i].flow = FLOW_NEXT;
		*vec_push(out) = done.items[i];
	}
	vec_free(&done);
	states_free(&after);
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

static void exec_return(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	uint32_t value = engine_node(e, node)->child;
	struct states after = { 0 };
	size_t i;

	if (value)
		eval(e, value, s, &after);
	else
		*vec_push(&after) = *s;
	for (i = 0; i < after.nr; i++) {
		if (after.items[i].flow == FLOW_NEXT) {
			after.items[i].flow = FLOW_RETURN;
			after.items[i].result_line = engine_node(e, node)->line;
		}
		*vec_push(out) = after.items[i];
	}
	vec_free(&after);
}

/* An initializer list with the vma's pointer in it. */
static bool holds_vma(struct engine *e, struct state *s, uint32_t node)
{
	const struct node *n = engine_node(e, node);
	uint32_t k;

	if (n->kind != NODE_INIT)
		return false;
	for (k = n->child; k; k = engine_node(e, k)->next)
		if (is_vma(e, s, k) || holds_vma(e, s, k))
			return true;
	return false;
}

static void exec_decl(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	struct value v;
	size_t i;

	if (n->child)
		eval(e, n->child, s, &after);
	else
		*vec_push(&after) = *s;
	for (i = 0; i < after.nr; i++) {
		v = n->child ? after.items[i].result : (struct value){ .kind = VALUE_UNKNOWN };
		if (n->child)
			locals_addressed(e, &after.items[i], n->child);
		if (n->child && holds_vma(e, &after.items[i], n->child))
			v = (struct value){ .kind = VALUE_HOLDS_VMA };
		if (n->name && n->ref == REF_LOCAL)
			local_push(e, &after.items[i], n->name, v);
		/* Whatever was taken is given back when the scope ends. */
		if (n->cleanup && str_starts(n->cleanup, "__free_"))
			add_effect(e, &after.items[i], EFFECT_DROP, n, n->cleanup)->state = STATE_MEMORY;
		else if (n->cleanup && str_starts(n->cleanup, "class_")) {
			add_effect(e, &after.items[i], EFFECT_TAKE, n, n->cleanup)->state = STATE_LOCK;
			after.items[i].held++;
		} else if (n->cleanup) {
			add_effect(e, &after.items[i], EFFECT_CALL, n, n->cleanup);
		}
		*vec_push(out) = after.items[i];
	}
	vec_free(&after);
}

void exec(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);

	if (over_budget(e, out, n->line)) {
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
		*vec_push(out) = *s;
		return;
	case NODE_BREAK:
	case NODE_CONTINUE:
		s->flow = n->kind == NODE_BREAK ? FLOW_BREAK : FLOW_CONTINUE;
		*vec_push(out) = *s;
		return;
	case NODE_NULLSTMT:
		*vec_push(out) = *s;
		return;
	default:
		eval(e, node, s, out);
		return;
	}
}

/* A condition inside an expression, `a ? b : c` or `a && b`: split like an if. */
void eval_split(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states yes = { 0 }, no = { 0 };
	size_t i;

	if (n->kind == NODE_COND) {
		branch(e, n->child, s, &yes, &no);
		exec_all(e, child_at(e, node, 1), &yes, out);
		exec_all(e, child_at(e, node, 2), &no, out);
		return;
	}
	branch(e, node, s, &yes, &no);
	for (i = 0; i < yes.nr; i++) {
		yes.items[i].result = (struct value){ .kind = VALUE_UNKNOWN };
		*vec_push(out) = yes.items[i];
	}
	for (i = 0; i < no.nr; i++) {
		no.items[i].result = (struct value){ .kind = VALUE_CONST };
		*vec_push(out) = no.items[i];
	}
	vec_free(&yes);
	vec_free(&no);
}
