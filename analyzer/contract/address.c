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
	struct variable *v = n->ref == REF_LOCAL || n->ref == REF_PARAM || n->ref == REF_STATIC_LOCAL
		? variable_find(e, s, n->name) : NULL;

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
static term_t member_address(struct engine *e, const struct node *n, struct state *s)
{
	term_t base = s->value;
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
	a = term_field(e->t, base, name, member_offset(n));
	member_know(e, a, n, n->child ? engine_node(e, n->child)->type : NULL);
	return a;
}

static void address_of_member(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };

	if (!n->child) {
		unmodelled(e, s, line_of(e, n), "a member of something that the parser does not show");
		done(s, term_fresh(e->t, "an address", e->pointer), out);
		return;
	}
	if (node_op_is(n, "->"))
		eval(e, n->child, s, &after);
	else
		eval_address(e, n->child, s, &after);
	states_value(e, n, &after, member_address, out);
}

static term_t element_address(struct engine *e, const struct node *n, struct state *s)
{
	term_t b = state_pop(s), a = state_pop(s);

	return element(e, a, b, engine_node(e, n->child)->elem);
}

static void address_of_element(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node);
	struct states after = { 0 };

	eval_list(e, n->child, 2, s, &after);
	states_value(e, n, &after, element_address, out);
}

/* A record that is no lvalue in C: kept in a variable of its own, so that members can be taken. */
static term_t keep_value(struct engine *e, const struct node *n, struct state *s)
{
	term_t value = s->value, at;

	if (n->kind == NODE_INIT && n->ctype.kind == CTYPE_ARRAY)
		return value;
	at = variable_add(e, s, "(value)", n->ctype, NULL, line_of(e, n));
	memory_write(e, s, at, value);
	return at;
}

static void address_of_value(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	struct states after = { 0 };

	eval(e, node, s, &after);
	states_value(e, engine_node(e, node), &after, keep_value, out);
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
