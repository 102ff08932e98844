// SPDX-License-Identifier: GPL-2.0-only
/* The value of a term in a concrete world; each shared part once, whatever the depth. */
#include <errno.h>
#include <stdlib.h>

#include "contract/term_internal.h"

struct slot {
	uint64_t value;
	int err;
	bool done;
};

struct evaluation {
	const struct terms *t;
	const struct term_world *world;
	struct slot *slots; /* by term */
	VEC(term_t) stack;
	VEC(uint64_t) args;
};

static bool is_done(const struct evaluation *e, term_t a)
{
	return !a || e->slots[a].done;
}

static bool is_known(const struct evaluation *e, term_t a, bool value)
{
	return e->slots[a].done && !e->slots[a].err && e->slots[a].value == value;
}

/* The next operand whose value is needed for x, or 0: all are there. */
static term_t missing_operand(const struct evaluation *e, const struct term *x)
{
	const struct slot *cond = &e->slots[x->a];
	term_t list;

	switch (x->op) {
	case TERM_NONE:
	case TERM_CONST:
	case TERM_SYMBOL:
	case TERM_GLOBAL:
	case TERM_LOCAL:
	case TERM_FRESH:
		return 0;
	case TERM_ITE:
		if (!cond->done)
			return x->a;
		if (cond->err)
			return 0;
		return is_done(e, cond->value ? x->b : x->c) ? 0 : cond->value ? x->b : x->c;
	case TERM_LAND:
	case TERM_LOR:
		if (!cond->done)
			return x->a;
		return is_known(e, x->a, x->op == TERM_LOR) || is_done(e, x->b) ? 0 : x->b;
	case TERM_CALL:
		if (!is_done(e, x->a))
			return x->a;
		for (list = x->b; list; list = e->t->items[list].b)
			if (!is_done(e, e->t->items[list].a))
				return e->t->items[list].a;
		return 0;
	default:
		return !is_done(e, x->a) ? x->a : is_done(e, x->b) ? 0 : x->b;
	}
}

static int push_arg(struct evaluation *e, term_t a)
{
	*vec_push(&e->args) = e->slots[a].value;
	return e->slots[a].err;
}

static int leaf_value(struct evaluation *e, term_t a, const struct term *x, uint64_t *value)
{
	term_t list;
	int err = 0;

	e->args.nr = 0;
	if (x->a)
		err = push_arg(e, x->a);
	for (list = x->op == TERM_CALL ? x->b : 0; list && !err; list = e->t->items[list].b)
		err = push_arg(e, e->t->items[list].a);
	if (!err)
		err = e->world->leaf(e->world->ctx, e->t, a, e->args.items, e->args.nr, value);
	return err < 0 ? err : 0;
}

/* One side may have failed if the other one decides. */
static int junction_value(const struct evaluation *e, const struct term *x, uint64_t *value)
{
	bool decides = x->op == TERM_LOR;

	*value = decides;
	if (is_known(e, x->a, decides) || is_known(e, x->b, decides))
		return 0;
	*value = !decides;
	return e->slots[x->a].err ? e->slots[x->a].err : e->slots[x->b].err;
}

static int operator_value(const struct evaluation *e, const struct term *x, uint64_t *value)
{
	const struct slot *a = &e->slots[x->a], *b = &e->slots[x->b];
	unsigned from = term_width(e->t, x->a), width = ctype_width(x->type);
	bool wide = op_is_compare(x->op);

	if (a->err || b->err)
		return a->err ? a->err : b->err;
	switch (x->op) {
	case TERM_FIELD:
		*value = a->value + x->value;
		return 0;
	case TERM_ELEMENT:
		*value = a->value + b->value * x->value;
		return 0;
	case TERM_ZEXT:
	case TERM_TRUNC:
		*value = a->value & width_mask(width);
		return 0;
	case TERM_SEXT:
		*value = sign_extend(a->value, from);
		return 0;
	case TERM_NOT:
		*value = !a->value;
		return 0;
	default:
		/* Records only have numbers that tell them apart. */
		if (wide && !from)
			from = 64;
		return width ? term_fold(x->op, wide ? from : width, a->value, b->value, value)
			     : -EDOM;
	}
}

static int term_value(struct evaluation *e, term_t a, const struct term *x, uint64_t *value)
{
	const struct slot *cond = &e->slots[x->a], *arm;

	switch (x->op) {
	case TERM_NONE:
	case TERM_LIST:
		return -EINVAL;
	case TERM_CONST:
		*value = x->value;
		return 0;
	case TERM_SYMBOL:
	case TERM_GLOBAL:
	case TERM_LOCAL:
	case TERM_FRESH:
	case TERM_LOAD:
	case TERM_MEMBER:
	case TERM_CALL:
		return leaf_value(e, a, x, value);
	case TERM_ITE:
		arm = &e->slots[cond->value ? x->b : x->c];
		*value = arm->value;
		return cond->err ? cond->err : arm->err;
	case TERM_LAND:
	case TERM_LOR:
		return junction_value(e, x, value);
	default:
		return operator_value(e, x, value);
	}
}

int term_eval(const struct terms *t, term_t a, const struct term_world *w, uint64_t *value)
{
	struct evaluation e = { .t = t, .world = w };
	const struct term *x;
	struct slot *slot;
	unsigned width;
	term_t top, next;
	int err;

	e.slots = xcalloc((size_t)a + 1, sizeof(*e.slots));
	*vec_push(&e.stack) = a;
	while (e.stack.nr) {
		top = e.stack.items[e.stack.nr - 1];
		slot = &e.slots[top];
		x = term_at(t, top);
		next = slot->done ? 0 : missing_operand(&e, x);
		if (next) {
			*vec_push(&e.stack) = next;
			continue;
		}
		e.stack.nr--;
		if (slot->done)
			continue;
		slot->err = term_value(&e, top, x, &slot->value);
		width = ctype_width(x->type);
		if (width == 1)
			slot->value = slot->value != 0;
		else if (width)
			slot->value &= width_mask(width);
		slot->done = true;
	}
	err = e.slots[a].err;
	if (!err)
		*value = e.slots[a].value;
	vec_free(&e.stack);
	vec_free(&e.args);
	free(e.slots);
	return err;
}
