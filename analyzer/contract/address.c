// SPDX-License-Identifier: GPL-2.0-only
/* Lvalues: where an expression's object is. */
#include <stdlib.h>

#include "contract/engine.h"

static void done(struct state *s, term_t value, struct states *out)
{
	s->value = value;
	*vec_push(out) = *s;
}

/* A variable of a function outside this unit's reach, or a global: its name is its address. */
static void address_of_name(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct variable *v = n->ref == REF_LOCAL || n->ref == REF_PARAM ? variable_find(e, s, n->name) : NULL;

	if (v) {
		done(s, v->address, out);
	} else if (n->ref == REF_LOCAL || n->ref == REF_PARAM) {
		/* Declared where the path did not come by: jumped over, or in a part that is not shown. */
		done(s, variable_add(e, s, n->name, n->ctype, NULL, line_of(e, n)), out);
	} else {
		done(s, term_global(e->t, n->name ? n->name : "?"), out);
	}
}

/* A member of the mapping's object has one name, whatever object that is. */
static term_t member_address(struct engine *e, term_t base, const struct node *n)
{
	const char *name = n->name ? n->name : "?";
	enum vma_cell cell;
	term_t a;

	if (base == e->vma && !strcmp(name, "file"))
		return term_field(e->t, base, "opened file", 0);
	cell = base == e->vma ? vma_cell_of(name) : CELL_NR;
	if (cell != CELL_NR)
		return vma_cell_address(e, cell);
	/* The words of vma_flags_t: the first has all flags that are known by name. */
	if (base == vma_cell_address(e, CELL_FLAGS) && str_ends(name, "vma_flags"))
		return base;
	a = term_field(e->t, base, name, n->offset);
	member_know(e, a, n, n->child ? engine_node(e, n->child)->type : NULL);
	return a;
}

static void address_of_member(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	struct state *t;
	size_t i;

	if (!n->child) {
		unmodelled(e, s, line_of(e, n), "a member of something that the parser does not show");
		done(s, term_fresh(e->t, "an address", e->pointer), out);
		return;
	}
	if (node_op_is(n, "->"))
		eval(e, n->child, s, &after);
	else
		eval_address(e, n->child, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT)
			t->value = member_address(e, t->value, n);
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

static void address_of_element(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	struct state *t;
	term_t a, b;
	size_t i;

	eval_list(e, n->child, 2, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT) {
			b = state_pop(t);
			a = state_pop(t);
			t->value = element(e, a, b, engine_node(e, n->child)->elem);
		}
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

/* A record that is no lvalue in C: kept in a variable of its own, so that members can be taken. */
static void address_of_value(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };
	struct state *t;
	term_t v, at;
	size_t i;

	eval(e, node, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT) {
			v = t->value;
			if (n->kind == NODE_INIT && n->ctype.kind == CTYPE_ARRAY) {
				at = v;
			} else {
				at = variable_add(e, t, "(value)", n->ctype, NULL, line_of(e, n));
				memory_write(e, t, at, v);
			}
			t->value = at;
		}
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

void eval_address(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);

	switch (n->kind) {
	case NODE_REF:
		if (n->ref == REF_FUNCTION || n->ref == REF_ENUM)
			eval(e, node, s, out);
		else
			address_of_name(e, node, s, out);
		return;
	case NODE_MEMBER:
		address_of_member(e, node, s, out);
		return;
	case NODE_INDEX:
		address_of_element(e, node, s, out);
		return;
	case NODE_UNARY:
		if (node_op_is(n, "*"))
			eval(e, n->child, s, out);
		else
			address_of_value(e, node, s, out);
		return;
	case NODE_CAST:
		/* (T *)x as an lvalue does not occur; a cast of an lvalue's own type does. */
		eval_address(e, n->child, s, out);
		return;
	case NODE_STRING:
		eval(e, node, s, out);
		return;
	default:
		address_of_value(e, node, s, out);
		return;
	}
}
