// SPDX-License-Identifier: GPL-2.0-only
/* Expressions: in evaluation order, to terms. */
#include <stdlib.h>

#include "contract/engine.h"

enum { MAX_DEEP = 600 };

static void done(struct state *s, term_t value, struct states *out)
{
	s->value = value;
	*vec_push(out) = *s;
}

/* A string, or what stands for a macro's argument that is none of values: a type, by its text. */
static void eval_string(struct engine *e, const struct node *n, struct state *s, struct states *out)
{
	char *name = n->name ? xasprintf("\"%s", n->name) : n->op ? xasprintf(TERM_STRING "%s", n->op) : NULL;

	done(s, name ? term_global(e->t, name) : term_fresh(e->t, "a string", n->ctype), out);
	free(name);
}

static void unknown(struct engine *e, uint32_t node, struct state *s, const char *why, struct states *out)
{
	const struct node *n = engine_node(e, node);

	unmodelled(e, s, line_of(e, n), why);
	memory_clobber(e, s, NULL, 0);
	done(s, term_fresh(e->t, why, n->ctype), out);
}

void eval_list(struct engine *e, uint32_t first, size_t nr, struct state *s, struct states *out)
{
	struct states now = { 0 }, then;
	uint32_t k;
	size_t i;

	*vec_push(&now) = *s;
	for (k = first; k && nr; k = engine_node(e, k)->next, nr--) {
		memset(&then, 0, sizeof(then));
		for (i = 0; i < now.nr; i++)
			if (now.items[i].flow == FLOW_NEXT)
				eval(e, k, &now.items[i], &then);
			else
				*vec_push(&then) = now.items[i];
		vec_free(&now);
		now = then;
		for (i = 0; i < now.nr; i++)
			if (now.items[i].flow == FLOW_NEXT)
				state_push(&now.items[i], now.items[i].value);
	}
	states_move(out, &now);
}

bool eval_pure(struct engine *e, uint32_t node, const struct state *s, term_t *value)
{
	struct states after = { 0 };
	size_t nr_effects = e->c->nr_effects, nr_unmodelled = e->c->unmodelled.nr;
	struct state t;
	bool pure;

	state_copy(&t, s);
	eval(e, node, &t, &after);
	pure = after.nr == 1 && after.items[0].flow == FLOW_NEXT && e->c->nr_effects == nr_effects &&
	       e->c->unmodelled.nr == nr_unmodelled && after.items[0].guards.nr == s->guards.nr &&
	       after.items[0].variables.nr == s->variables.nr && after.items[0].versions.nr == s->versions.nr &&
	       (!s->versions.nr || !memcmp(after.items[0].versions.items, s->versions.items,
					   s->versions.nr * sizeof(*s->versions.items)));
	if (pure) {
		/* A cell more is a local's first write, or an unknown that later reads have to find again. */
		pure = state_same_cells(&after.items[0], s);
		*value = after.items[0].value;
	}
	states_free(&after);
	return pure;
}

/* Children on the stack, then what they make. */
static void eval_binary(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	uint32_t left = child_at(e, node, 0), right = child_at(e, node, 1);
	struct states after = { 0 };
	struct state *t;
	term_t a, b;
	size_t i;

	eval_list(e, left, 2, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT) {
			b = state_pop(t);
			a = state_pop(t);
			t->value = node_op_is(n, ",") ? b
				: binary(e, n, n->op ? n->op : "?", a, b, engine_node(e, left)->elem,
					 engine_node(e, right)->elem, n->ctype);
		}
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

static term_t unary_value(struct engine *e, const struct node *n, struct state *s)
{
	term_t a = s->value;
	struct ctype type = n->ctype.kind == CTYPE_INT ? n->ctype : common_type(term_at(e->t, a)->type, ctype_int);

	if (node_op_is(n, "!"))
		return term_convert(e->t, term_not(e->t, term_truth(e->t, a)), ctype_int);
	if (node_op_is(n, "-"))
		return negate(e, a, type);
	if (node_op_is(n, "~"))
		return term_op(e->t, TERM_BNOT, term_convert(e->t, a, type), 0, type);
	if (node_op_is(n, "+"))
		return term_convert(e->t, a, type);
	return a;			/* __extension__, __real */
}

static term_t first_element(struct engine *e, term_t array, uint32_t elem)
{
	/* The flags' words: member_address(). */
	if (array == vma_cell_address(e, CELL_FLAGS))
		return array;
	return term_element(e->t, array, term_const(e->t, 0, (struct ctype){ CTYPE_INT, 64, true }), elem ? elem : 1);
}

/* Read what stands at the address that s->value is. */
static term_t read_object(struct engine *e, const struct node *n, struct state *s)
{
	term_t v;

	/* A function is its address, an array that of its first element. */
	if (n->ctype.kind == CTYPE_FUNCTION)
		return s->value;
	if (n->ctype.kind == CTYPE_ARRAY)
		return first_element(e, s->value, n->elem);
	v = memory_read(e, s, s->value, n->ctype);
	if (n->field_bits && n->ctype.kind == CTYPE_INT)
		v = bit_field(e, v, n->field_bits, n->ctype);
	return v;
}

static void eval_object(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	struct states after = { 0 };

	eval_address(e, node, s, &after);
	states_value(e, engine_node(e, node), &after, read_object, out);
}

/* A member of a record that is a value (returned by a call, say). */
static term_t member_of_value(struct engine *e, const struct node *n, struct state *s)
{
	return record_member(e, s->value, n->name ? n->name : "?", member_offset(n), n->ctype);
}

static void eval_member_of_value(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };

	eval(e, n->child, s, &after);
	states_value(e, n, &after, member_of_value, out);
}

static bool is_lvalue(const struct engine *e, uint32_t node)
{
	const struct node *n = engine_node(e, node);

	switch (n->kind) {
	case NODE_REF:
		return n->ref != REF_ENUM;
	case NODE_MEMBER:
		return node_op_is(n, "->") || !n->child || is_lvalue(e, n->child);
	case NODE_INDEX:
		return true;
	case NODE_UNARY:
		return node_op_is(n, "*");
	case NODE_INIT:
		return true;
	case NODE_CAST:
		return false;
	default:
		return false;
	}
}

static term_t cast_value(struct engine *e, const struct node *n, struct state *s)
{
	bool is_word = n->ctype.kind == CTYPE_INT || n->ctype.kind == CTYPE_POINTER;

	if (is_word && term_at(e->t, s->value)->type.kind == CTYPE_RECORD)
		return term_fresh(e->t, "a record read as a number", n->ctype);
	return s->value && (is_word || n->ctype.kind == CTYPE_BOOL) ? term_convert(e->t, s->value, n->ctype) : s->value;
}

static void eval_cast(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };

	eval(e, n->child, s, &after);
	states_value(e, n, &after, cast_value, out);
}

/* An initializer as a value: a compound literal, a scalar in braces. */
static void eval_init(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	uint32_t inner = node;
	term_t at;
	size_t i;

	/* A compound literal is an INIT around its list. */
	while (engine_node(e, inner)->child && !engine_node(e, engine_node(e, inner)->child)->next &&
	       engine_node(e, engine_node(e, inner)->child)->kind == NODE_INIT)
		inner = engine_node(e, inner)->child;
	if (n->ctype.kind != CTYPE_RECORD && n->ctype.kind != CTYPE_ARRAY) {
		if (engine_node(e, inner)->child)
			eval(e, engine_node(e, inner)->child, s, out);
		else
			done(s, term_const(e->t, 0, n->ctype.kind ? n->ctype : ctype_int), out);
		return;
	}
	at = variable_add(e, s, "(literal)", n->ctype, NULL, line_of(e, n));
	initialize(e, inner, at, s, &after);
	for (i = 0; i < after.nr; i++) {
		if (after.items[i].flow == FLOW_NEXT)
			after.items[i].value = n->ctype.kind == CTYPE_ARRAY ? first_element(e, at, n->elem)
				: memory_read(e, &after.items[i], at, n->ctype);
		*vec_push(out) = after.items[i];
	}
	vec_free(&after);
}

static void eval_macro(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	size_t i, k, nr = 0, condition;
	uint32_t a;
	term_t v;

	for (a = n->child; a; a = engine_node(e, a)->next)
		nr++;
	condition = !n->name || !strstr(n->name, "WARN") ? nr : nr > 1 && !str_starts(n->name, "WARN") &&
		    !str_starts(n->name, "VM_") ? 1 : 0;
	eval_list(e, n->child, nr, s, &after);
	for (i = 0; i < after.nr; i++) {
		term_t first = 0;

		if (after.items[i].flow == FLOW_NEXT) {
			/* WARN_ON(x) is x, drm_WARN_ON(device, x) too. */
			for (k = nr; k-- > 0;) {
				v = state_pop(&after.items[i]);
				if (k == condition)
					first = v;
			}
			after.items[i].value = first ? first : term_const(e->t, 0, ctype_int);
		}
		*vec_push(out) = after.items[i];
	}
	vec_free(&after);
}

static void eval_statement_expression(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);

	if (n->child)
		exec(e, n->child, s, out);
	else
		done(s, 0, out);
}

static void eval_unary(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };

	if (node_op_is(n, "&") && n->child) {
		eval_address(e, n->child, s, out);
		return;
	}
	if (node_op_is(n, "*")) {
		eval_object(e, node, s, out);
		return;
	}
	if (n->op && strlen(n->op) > 1 && (strstr(n->op, "++") || strstr(n->op, "--"))) {
		eval_step(e, node, s, out);
		return;
	}
	eval(e, n->child, s, &after);
	states_value(e, n, &after, unary_value, out);
}

static void eval_asm(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	uint32_t k;

	/* WARN(), behind any macro of the driver's: it reports where it stands, and objtool reads the rest. */
	if (n->file && (str_ends(n->file, "/asm/bug.h") || str_ends(n->file, "/asm-generic/bug.h") ||
			str_ends(n->file, "/linux/instrumentation.h"))) {
		done(s, 0, out);
		return;
	}
	/* Its operands can be written, and what it does is not shown. */
	add_effect(e, s, EFFECT_CALL, line_of(e, n), n->macro ? n->macro : "inline assembly");
	for (k = n->child; k; k = engine_node(e, k)->next)
		if (engine_node(e, k)->kind == NODE_REF && engine_node(e, k)->name &&
		    variable_find(e, s, engine_node(e, k)->name))
			memory_lose(e, s, variable_find(e, s, engine_node(e, k)->name)->address, "inline assembly");
	memory_clobber(e, s, NULL, 0);
	unmodelled(e, s, line_of(e, n), "inline assembly");
	done(s, 0, out);
}

static void eval_kind(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);

	switch (n->kind) {
	case NODE_REF:
		if (n->ref == REF_FUNCTION)
			done(s, term_global(e->t, n->name ? n->name : "?"), out);
		else
			eval_object(e, node, s, out);
		return;
	case NODE_MEMBER:
		if (is_lvalue(e, node))
			eval_object(e, node, s, out);
		else
			eval_member_of_value(e, node, s, out);
		return;
	case NODE_INDEX:
		eval_object(e, node, s, out);
		return;
	case NODE_UNARY:
		eval_unary(e, node, s, out);
		return;
	case NODE_BINARY:
		if (node_op_is(n, "&&") || node_op_is(n, "||"))
			eval_logical(e, node, s, out);
		else
			eval_binary(e, node, s, out);
		return;
	case NODE_ASSIGN:
		eval_assign(e, node, s, out);
		return;
	case NODE_COND:
		eval_choice(e, node, s, out);
		return;
	case NODE_CAST:
		eval_cast(e, node, s, out);
		return;
	case NODE_CALL:
		eval_call(e, node, s, out);
		return;
	case NODE_STMTEXPR:
		eval_statement_expression(e, node, s, out);
		return;
	case NODE_INIT:
		eval_init(e, node, s, out);
		return;
	case NODE_MACRO:
		eval_macro(e, node, s, out);
		return;
	case NODE_STRING:
		eval_string(e, n, s, out);
		return;
	case NODE_INT:
		done(s, term_fresh(e->t, "a constant that is not known", n->ctype), out);
		return;
	case NODE_ASM:
		eval_asm(e, node, s, out);
		return;
	case NODE_UNKNOWN:
		unknown(e, node, s, n->name && *n->name ? n->name : "something that the parser does not show", out);
		return;
	default:
		exec(e, node, s, out);
		return;
	}
}

void eval(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);

	if (!node) {
		done(s, 0, out);
		return;
	}
	if (over_budget(e, out, line_of(e, n))) {
		state_free(s);
		return;
	}
	if (n->has_value && (n->ctype.kind == CTYPE_INT || n->ctype.kind == CTYPE_BOOL || n->ctype.kind == CTYPE_POINTER)) {
		done(s, term_const(e->t, (uint64_t)n->value, n->ctype), out);
		return;
	}
	if (e->nodes_deep > MAX_DEEP) {
		unknown(e, node, s, "an expression nested too deeply", out);
		return;
	}
	e->nodes_deep++;
	eval_kind(e, node, s, out);
	e->nodes_deep--;
}
