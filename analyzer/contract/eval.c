// SPDX-License-Identifier: GPL-2.0-only
/* Expressions: in evaluation order, with helpers of the same file inlined. */
#include <stdlib.h>
#include <string.h>

#include "contract/engine.h"
#include "contract/models.h"

enum { MAX_INLINE = 8 };

/* Evaluate a list of expressions one after another; in is consumed. */
static void eval_each(struct engine *e, uint32_t first, struct states *in, struct states *out)
{
	struct states now = *in, then;
	uint32_t k;
	size_t i;

	for (k = first; k; k = engine_node(e, k)->next) {
		memset(&then, 0, sizeof(then));
		for (i = 0; i < now.nr; i++) {
			if (now.items[i].flow == FLOW_NEXT)
				eval(e, k, &now.items[i], &then);
			else
				*vec_push(&then) = now.items[i];
		}
		vec_free(&now);
		now = then;
	}
	for (i = 0; i < now.nr; i++)
		*vec_push(out) = now.items[i];
	vec_free(&now);
}

static void eval_children(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	struct states in = { 0 };

	*vec_push(&in) = *s;
	eval_each(e, engine_node(e, node)->child, &in, out);
}

static bool can_inline(struct engine *e, const struct node *call, const struct function **f)
{
	unsigned i;

	if (!call->name || !*call->name || model_find(call->name))
		return false;
	*f = unit_function(e->u, call->name);
	if (!*f || !(*f)->body)
		return false;
	for (i = 0; i < e->depth; i++)
		if (e->stack[i] == *f) {
			unmodelled(e, call->line, "recursion");
			return false;
		}
	if (e->depth >= MAX_INLINE) {
		unmodelled(e, call->line, "helpers nested too deeply");
		return false;
	}
	return true;
}

/* A helper of the same file: does it get the vma? */
static void add_helper(struct engine *e, const struct node *call, struct state *s, const struct function *f)
{
	bool vma = passes_vma(e, s, call);
	struct helper *h;

	vec_each(h, &e->c->helpers)
		if (!strcmp(h->name, f->name)) {
			h->takes_vma |= vma;
			return;
		}
	h = vec_push(&e->c->helpers);
	h->name = xstrdup(f->name);
	h->line = call->line;
	h->takes_vma = vma;
}

bool inline_call(struct engine *e, const struct node *call, struct state *s, struct states *out)
{
	const struct function *f;
	struct states after = { 0 };
	unsigned outer = e->frame, loops = s->loops, line = e->line;
	uint32_t arg;
	size_t i;
	struct value values[16];

	if (!can_inline(e, call, &f) || f->nr_params > 16)
		return false;
	arg = call->child ? engine_node(e, call->child)->next : 0;
	for (i = 0; i < f->nr_params; i++) {
		values[i] = value_of(e, s, arg);
		arg = arg ? engine_node(e, arg)->next : 0;
	}
	if (!e->line && strcmp(f->file, e->u->file))
		e->line = call->line;
	else if (!e->line)
		add_helper(e, call, s, f);
	e->frame = ++e->frames;
	for (i = 0; i < f->nr_params; i++)
		local_set(e, s, f->params[i].name, values[i]);
	e->stack[e->depth++] = f;
	exec(e, f->body, s, &after);
	e->depth--;
	e->line = line;
	e->frame = outer;
	for (i = 0; i < after.nr; i++) {
		if (after.items[i].flow != FLOW_RETURN)
			after.items[i].result = (struct value){ .kind = VALUE_UNKNOWN };
		after.items[i].flow = FLOW_NEXT;
		after.items[i].loops = loops;
		*vec_push(out) = after.items[i];
	}
	vec_free(&after);
	return true;
}

static void call(struct engine *e, uint32_t node, struct states *in, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct state *s;
	size_t i;

	for (i = 0; i < in->nr; i++) {
		s = &in->items[i];
		if (s->flow != FLOW_NEXT) {
			*vec_push(out) = *s;
			continue;
		}
		eval_call(e, node, s);
		if (inline_call(e, n, s, out))
			continue;
		*vec_push(out) = *s;
	}
	vec_free(in);
}

/* Children of the target are evaluated (they can hold calls), the target itself is not read. */
static void assign(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	uint32_t lhs = child_at(e, node, 0), rhs = child_at(e, node, 1);
	struct states in = { 0 }, mid = { 0 };
	size_t i;

	if (lhs) {
		*vec_push(&in) = *s;
		eval_each(e, engine_node(e, lhs)->child, &in, &mid);
	} else {
		*vec_push(&mid) = *s;
	}
	memset(&in, 0, sizeof(in));
	for (i = 0; i < mid.nr; i++) {
		if (rhs && mid.items[i].flow == FLOW_NEXT)
			eval(e, rhs, &mid.items[i], &in);
		else
			*vec_push(&in) = mid.items[i];
	}
	vec_free(&mid);
	for (i = 0; i < in.nr; i++) {
		if (in.items[i].flow == FLOW_NEXT)
			eval_assign(e, node, &in.items[i]);
		*vec_push(out) = in.items[i];
	}
	vec_free(&in);
}

static void finish(struct engine *e, uint32_t node, struct states *after, struct states *out)
{
	const struct node *n = engine_node(e, node);
	size_t i;

	for (i = 0; i < after->nr; i++) {
		/* A cast or a statement expression hands its last value on. */
		if (n->kind != NODE_CAST && n->kind != NODE_STMTEXPR && n->kind != NODE_INIT)
			after->items[i].result = value_of(e, &after->items[i], node);
		*vec_push(out) = after->items[i];
	}
	vec_free(after);
}

void eval(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };

	if (++e->steps > 400000) {
		if (!e->too_many)
			unmodelled(e, n->line, "more paths than are followed");
		e->too_many = true;
		*vec_push(out) = *s;
		return;
	}
	if (n->has_value) {
		s->result = (struct value){ .kind = VALUE_CONST, .number = n->value };
		*vec_push(out) = *s;
		return;
	}
	switch (n->kind) {
	case NODE_COND:
		if (n->op && !strcmp(n->op, "?:"))
			break;
		eval_split(e, node, s, out);
		return;
	case NODE_CALL:
		eval_children(e, node, s, &after);
		call(e, node, &after, out);
		return;
	case NODE_ASSIGN:
		assign(e, node, s, out);
		return;
	case NODE_BINARY:
		if (n->op && (!strcmp(n->op, "&&") || !strcmp(n->op, "||"))) {
			eval_split(e, node, s, out);
			return;
		}
		break;
	case NODE_UNARY:
		if (n->op && strlen(n->op) > 1) {	/* ++ -- post++ post-- */
			eval_assign(e, node, s);
			*vec_push(out) = *s;
			return;
		}
		break;
	case NODE_STMTEXPR:
	case NODE_BLOCK:
	case NODE_IF:
	case NODE_FOR:
	case NODE_DO:
	case NODE_WHILE:
	case NODE_SWITCH:
	case NODE_DECL:
	case NODE_RETURN:
	case NODE_GOTO:
	case NODE_LABEL:
	case NODE_CASE:
	case NODE_DEFAULT:
		if (n->kind == NODE_STMTEXPR && n->child)
			exec(e, n->child, s, out);
		else if (n->kind == NODE_STMTEXPR)
			*vec_push(out) = *s;
		else
			exec(e, node, s, out);
		return;
	case NODE_ASM:
		eval_children(e, node, s, &after);
		if (after.nr)
			add_effect(e, &after.items[0], EFFECT_CALL, n, n->macro ? n->macro : "inline assembly");
		finish(e, node, &after, out);
		return;
	case NODE_UNKNOWN:
		unmodelled(e, n->line, n->name ? n->name : "something that libclang does not show");
		break;
	default:
		break;
	}
	eval_children(e, node, s, &after);
	finish(e, node, &after, out);
}
