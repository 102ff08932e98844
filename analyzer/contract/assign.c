// SPDX-License-Identifier: GPL-2.0-only
/* Assignments: to variables, to the mapping, to the world. */
#include <stdlib.h>

#include "contract/engine.h"
#include "contract/models.h"

/* Memory that was allocated on this path is nobody else's until a pointer to it is stored. */
bool is_fresh_memory(const struct engine *e, term_t root)
{
	const struct term *x = term_at(e->t, root);
	const struct model *m = x->op == TERM_CALL && x->name ? model_find(x->name) : NULL;

	return m && m->kind == MODEL_TAKE && m->state == STATE_MEMORY;
}

static bool is_vma_or_mm(struct engine *e, struct state *s, term_t value)
{
	const struct term *x = term_at(e->t, value);

	return reaches(e, s, &value, 1, e->vma) ||
	       (x->op == TERM_SYMBOL && x->name && !strcmp(x->name, vma_cell_name(CELL_MM)));
}

/* `total = count + n; … count = total;` counts as `count += n` does. */
static bool adds_to(const struct engine *e, term_t old, term_t value, unsigned depth)
{
	struct term x = *term_at(e->t, value);

	if (value == old)
		return depth > 0;
	if (depth > 4)
		return false;
	if (x.op == TERM_ZEXT || x.op == TERM_SEXT || x.op == TERM_TRUNC)
		return adds_to(e, old, x.a, depth);
	return (x.op == TERM_ADD && (adds_to(e, old, x.a, depth + 1) || adds_to(e, old, x.b, depth + 1))) ||
	       (x.op == TERM_SUB && adds_to(e, old, x.a, depth + 1));
}

static bool counts(struct engine *e, struct state *s, const struct node *at, term_t address, term_t value)
{
	struct ctype type = term_at(e->t, value)->type;

	if (at->kind == NODE_UNARY || (at->op && (!strcmp(at->op, "+=") || !strcmp(at->op, "-="))))
		return true;
	return type.kind == CTYPE_INT && adds_to(e, memory_read(e, s, address, type), value, 0);
}

static void store_outside(struct engine *e, struct state *s, const struct node *at, term_t address, term_t value)
{
	bool keeps_vma = is_vma_or_mm(e, s, value), is_count;
	struct effect *f;

	if (!keeps_vma && is_fresh_memory(e, address_root(e->t, address))) {
		memory_write(e, s, address, value);
		return;
	}
	is_count = counts(e, s, at, address, value);
	f = add_effect(e, s, keeps_vma ? EFFECT_STORE_VMA : EFFECT_STORE, line_of(e, at), "");
	detail_object(e, f, address);
	effect_arg(f, address);
	effect_arg(f, value);
	/* Whoever can see that memory can reach what the pointer points to. */
	memory_escape(e, s, &value, 1);
	memory_write(e, s, address, value);
	if (is_count)
		f->state = STATE_COUNT;
}

void store(struct engine *e, struct state *s, const struct node *at, term_t address, term_t value)
{
	term_t root = address_root(e->t, address);
	const struct term *x = term_at(e->t, address);
	enum vma_cell cell;
	term_t up = address;

	if (root != e->vma) {
		if (either_is_local(e, address)) {
			memory_write(e, s, address, value);
			return;
		}
		if (either_is_own(e, address))
			unmodelled(e, s, line_of(e, at), "what is written there is a variable, or something else, as a condition has it");
		store_outside(e, s, at, address, value);
		return;
	}
	/* The cell itself, or a member of it (vm_page_prot.pgprot). */
	while (term_at(e->t, up)->a != e->vma && term_at(e->t, up)->a)
		up = term_at(e->t, up)->a;
	x = term_at(e->t, up);
	cell = x->op == TERM_FIELD && x->name ? vma_cell_of(x->name) : CELL_NR;
	if (cell == CELL_NR || up != vma_cell_address(e, cell)) {
		struct effect *f = add_effect(e, s, EFFECT_VMA_FIELD, line_of(e, at), term_at(e->t, up)->name);

		effect_arg(f, address);
		effect_arg(f, value);
		memory_write(e, s, address, value);
		return;
	}
	if (up == address) {
		write_vma_cell(e, s, line_of(e, at), cell, value);
		return;
	}
	memory_write(e, s, address, value);
	value = memory_read(e, s, up, (struct ctype){ .kind = CTYPE_RECORD });
	write_vma_cell(e, s, line_of(e, at), cell, value);
}

static term_t fit(struct engine *e, const struct node *lhs, term_t v)
{
	struct ctype t = lhs->ctype;

	if (t.kind != CTYPE_INT && t.kind != CTYPE_POINTER && t.kind != CTYPE_BOOL)
		return v;
	if (term_at(e->t, v)->type.kind == CTYPE_RECORD)
		return v;
	if (lhs->field_bits && t.kind == CTYPE_INT)
		return bit_field(e, v, lhs->field_bits, t);
	return term_convert(e->t, v, t);
}

/* `a += b`: computed in the common type, converted back. */
static term_t compound(struct engine *e, const struct node *n, const struct node *lhs, term_t old, term_t rhs,
		       uint32_t elem)
{
	size_t len = strlen(n->op) - 1;
	char op[4] = "";

	memcpy(op, n->op, len < sizeof(op) ? len : sizeof(op) - 1);
	return fit(e, lhs, binary(e, n, op, old, rhs, elem, 0, (struct ctype){ .kind = CTYPE_NONE }));
}

void eval_assign(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node), *lhs, *rhs;
	struct states in = { 0 }, mid = { 0 }, after = { 0 };
	uint32_t left = child_at(e, node, 0), right = child_at(e, node, 1);
	term_t address, value;
	struct state *t;
	size_t i;

	lhs = engine_node(e, left);
	rhs = engine_node(e, right);
	/* The right side first: C leaves the order open, compilers and people expect this one. */
	eval(e, right, s, &in);
	for (i = 0; i < in.nr; i++) {
		t = &in.items[i];
		if (t->flow != FLOW_NEXT) {
			*vec_push(&after) = *t;
			continue;
		}
		state_push(t, t->value);
		eval_address(e, left, t, &mid);
	}
	vec_free(&in);
	for (i = 0; i < mid.nr; i++) {
		t = &mid.items[i];
		if (t->flow == FLOW_NEXT) {
			address = t->value;
			value = state_pop(t);
			if (!node_op_is(n, "="))
				value = compound(e, n, lhs, memory_read(e, t, address, lhs->ctype), value, lhs->elem);
			else
				value = fit(e, lhs, value);
			store(e, t, n, address, value);
			t->value = value;
		}
		*vec_push(&after) = *t;
	}
	vec_free(&mid);
	(void)rhs;
	states_move(out, &after);
}

void eval_step(struct engine *e, uint32_t node, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, node), *lhs = engine_node(e, n->child);
	struct states after = { 0 };
	struct state *t;
	term_t old, now, address;
	size_t i;

	eval_address(e, n->child, s, &after);
	for (i = 0; i < after.nr; i++) {
		t = &after.items[i];
		if (t->flow == FLOW_NEXT) {
			address = t->value;
			old = memory_read(e, t, address, lhs->ctype);
			now = fit(e, lhs, binary(e, n, strstr(n->op, "++") ? "+" : "-", old,
						 term_const(e->t, 1, ctype_int), lhs->elem, 0,
						 (struct ctype){ .kind = CTYPE_NONE }));
			store(e, t, n, address, now);
			t->value = str_starts(n->op, "post") ? old : now;
		}
		*vec_push(out) = *t;
	}
	vec_free(&after);
}

/* to: what has the member's type and width, the designator or the value itself. */
static void initialize_item(struct engine *e, uint32_t value, const struct node *to, term_t at, struct state *s,
			    struct states *out)
{
	const struct node *n = engine_node(e, value);
	struct states after = { 0 };
	size_t i;

	if (n->kind == NODE_INIT && (n->ctype.kind == CTYPE_RECORD || n->ctype.kind == CTYPE_ARRAY)) {
		initialize(e, value, at, s, out);
		return;
	}
	eval(e, value, s, &after);
	for (i = 0; i < after.nr; i++) {
		if (after.items[i].flow == FLOW_NEXT)
			memory_write(e, &after.items[i], at, fit(e, to, after.items[i].value));
		*vec_push(out) = after.items[i];
	}
	vec_free(&after);
}

/* The list's members one after the other; what is not named is 0. */
void initialize(struct engine *e, uint32_t init, term_t address, struct state *s, struct states *out)
{
	const struct node *n = engine_node(e, init), *d;
	struct states now = { 0 }, then;
	uint32_t k, index = 0;
	term_t at;
	size_t i;

	while (n->child && !engine_node(e, n->child)->next && engine_node(e, n->child)->kind == NODE_INIT &&
	       n->ctype.kind == engine_node(e, n->child)->ctype.kind && n->ctype.kind == CTYPE_RECORD) {
		init = n->child;
		n = engine_node(e, init);
	}
	memory_write(e, s, address, record_zero(e->t));
	*vec_push(&now) = *s;
	for (k = n->child; k; k = engine_node(e, k)->next, index++) {
		d = engine_node(e, k);
		memset(&then, 0, sizeof(then));
		if (d->kind == NODE_DESIGNATE && d->name && *d->name) {
			at = term_field(e->t, address, d->name, member_offset(d));
			member_know(e, at, d, n->type);
		} else if (n->ctype.kind == CTYPE_ARRAY) {
			if (d->kind == NODE_DESIGNATE)
				index = (uint32_t)d->value;
			at = term_element(e->t, address, term_const(e->t, index, (struct ctype){ CTYPE_INT, 64, true }),
					  n->elem);
		} else if (d->kind != NODE_DESIGNATE && d->has_value && !d->value) {
			continue;		/* { 0 } */
		} else {
			/* Members in order, without their names: the object is not known member by member. */
			at = 0;
		}
		for (i = 0; i < now.nr; i++) {
			if (now.items[i].flow != FLOW_NEXT)
				*vec_push(&then) = now.items[i];
			else if (at)
				initialize_item(e, d->kind == NODE_DESIGNATE ? d->child : k, d, at, &now.items[i], &then);
			else
				eval(e, k, &now.items[i], &then);
		}
		vec_free(&now);
		now = then;
		for (i = 0; !at && i < now.nr; i++) {
			term_t v = now.items[i].value;
			struct ctype has = term_at(e->t, v)->type;

			if (now.items[i].flow != FLOW_NEXT)
				continue;
			/* A record of one member: pgprot_t and its kin. */
			if (!engine_node(e, n->child)->next && has.kind == CTYPE_INT)
				memory_write(e, &now.items[i], address, record_with(e->t, record_zero(e->t), "*", v));
			else
				memory_write(e, &now.items[i], address,
					     term_fresh(e->t, "a list without names", (struct ctype){ .kind = CTYPE_RECORD }));
		}
	}
	states_move(out, &now);
}
