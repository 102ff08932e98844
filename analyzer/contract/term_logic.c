// SPDX-License-Identifier: GPL-2.0-only
/* Conditions: not, and, or, if-then-else. */
#include "contract/term_internal.h"

enum { MAX_JUNCTIONS = 16 };

static term_t truth_value(struct terms *t, bool value)
{
	return term_const(t, value, ctype_bool);
}

term_t term_truth(struct terms *t, term_t a)
{
	struct ctype type = t->items[a].type;

	if (!a || type.kind == CTYPE_BOOL)
		return a;
	return term_not(t, term_compare(t, TERM_EQ, a, term_const(t, 0, type)));
}

/* How many ANDs and ORs a condition has, at most `most`: shared ones count each time. */
static unsigned count_junctions(const struct terms *t, term_t a, unsigned most)
{
	const struct term *x = term_at(t, a);
	unsigned nr;

	if (!most || (x->op != TERM_LAND && x->op != TERM_LOR))
		return 0;
	nr = 1 + count_junctions(t, x->a, most - 1);
	return nr < most ? nr + count_junctions(t, x->b, most - nr) : nr;
}

static bool has_operand(const struct terms *t, term_t a, enum term_op op, term_t operand)
{
	return term_is(t, a, op) && (t->items[a].a == operand || t->items[a].b == operand);
}

static bool are_opposite(const struct terms *t, term_t a, term_t b)
{
	const struct term *x = term_at(t, a), *y = term_at(t, b);

	if ((x->op == TERM_NOT && x->a == b) || (y->op == TERM_NOT && y->a == a))
		return true;
	return x->a == y->b && x->b == y->a &&
	       ((x->op == TERM_ULT && y->op == TERM_ULE) ||
		(x->op == TERM_ULE && y->op == TERM_ULT) ||
		(x->op == TERM_SLT && y->op == TERM_SLE) ||
		(x->op == TERM_SLE && y->op == TERM_SLT));
}

static bool has_opposite(const struct terms *t, term_t a, enum term_op op, term_t of)
{
	return are_opposite(t, a, of) ||
	       (term_is(t, a, op) &&
		(are_opposite(t, t->items[a].a, of) || are_opposite(t, t->items[a].b, of)));
}

term_t term_junction(struct terms *t, enum term_op op, term_t a, term_t b)
{
	enum term_op other = op == TERM_LAND ? TERM_LOR : TERM_LAND;
	term_t swap;

	if (term_is(t, a, TERM_CONST)) {
		swap = a;
		a = b;
		b = swap;
	}
	if (term_is(t, b, TERM_CONST)) /* the neutral one, or the one that decides */
		return !t->items[b].value == (op == TERM_LOR) ? a : b;
	if (a == b || has_operand(t, a, op, b) || has_operand(t, b, other, a))
		return a;
	if (has_operand(t, b, op, a) || has_operand(t, a, other, b))
		return b;
	if (has_opposite(t, a, op, b) || has_opposite(t, b, op, a))
		return truth_value(t, op == TERM_LOR);
	return term_make(t, op, ctype_bool, a, b, 0, 0, NULL);
}

/*
 * The NOT goes inside, as it is read better there; not in a large one, whose parts may be shared.
 */
static term_t not_junction(struct terms *t, term_t a)
{
	struct term x = *term_at(t, a);
	term_t not_a, not_b;

	if (count_junctions(t, a, MAX_JUNCTIONS + 1) > MAX_JUNCTIONS)
		return term_make(t, TERM_NOT, ctype_bool, a, 0, 0, 0, NULL);
	not_a = term_not(t, x.a);
	not_b = term_not(t, x.b);
	return term_junction(t, x.op == TERM_LAND ? TERM_LOR : TERM_LAND, not_a, not_b);
}

term_t term_not(struct terms *t, term_t a)
{
	struct term x;

	a = term_truth(t, a);
	x = *term_at(t, a);
	switch (x.op) {
	case TERM_CONST:
		return truth_value(t, !x.value);
	case TERM_NOT:
		return x.a;
	case TERM_ULT:
		return term_compare(t, TERM_ULE, x.b, x.a);
	case TERM_ULE:
		return term_compare(t, TERM_ULT, x.b, x.a);
	case TERM_SLT:
		return term_compare(t, TERM_SLE, x.b, x.a);
	case TERM_SLE:
		return term_compare(t, TERM_SLT, x.b, x.a);
	case TERM_LAND:
	case TERM_LOR:
		return not_junction(t, a);
	default:
		return term_make(t, TERM_NOT, ctype_bool, a, 0, 0, 0, NULL);
	}
}

/* Both arms are conditions. */
static term_t choose_condition(struct terms *t, term_t cond, term_t a, term_t b)
{
	if (term_is(t, a, TERM_CONST))
		return t->items[a].value ? term_junction(t, TERM_LOR, cond, b)
					 : term_junction(t, TERM_LAND, term_not(t, cond), b);
	if (term_is(t, b, TERM_CONST))
		return t->items[b].value ? term_junction(t, TERM_LOR, term_not(t, cond), a)
					 : term_junction(t, TERM_LAND, cond, a);
	return term_make(t, TERM_ITE, ctype_bool, cond, a, b, 0, NULL);
}

/* Of two integers of one type: 1 and 0 are the condition itself. */
static term_t choose_bit(struct terms *t, term_t cond, term_t a, term_t b)
{
	struct ctype type = t->items[a].type;
	uint64_t va = t->items[a].value, vb = t->items[b].value;

	if (type.kind != CTYPE_INT || !term_is(t, a, TERM_CONST) || !term_is(t, b, TERM_CONST))
		return 0;
	if (va == 1 && vb == 0)
		return term_extend(t, TERM_ZEXT, cond, type);
	if (va == 0 && vb == 1)
		return term_extend(t, TERM_ZEXT, term_not(t, cond), type);
	return 0;
}

term_t term_ite(struct terms *t, term_t cond, term_t a, term_t b)
{
	struct ctype type = t->items[a].type;
	term_t bit;

	cond = term_truth(t, cond);
	b = term_convert(t, b, type);
	if (term_is(t, cond, TERM_CONST))
		return t->items[cond].value ? a : b;
	if (term_is(t, cond, TERM_NOT))
		return term_ite(t, t->items[cond].a, b, a);
	if (term_is(t, a, TERM_ITE) && t->items[a].a == cond)
		a = t->items[a].b;
	if (term_is(t, b, TERM_ITE) && t->items[b].a == cond)
		b = t->items[b].c;
	if (a == b)
		return a;
	if (type.kind == CTYPE_BOOL && term_width(t, b) == 1)
		return choose_condition(t, cond, a, b);
	bit = ctype_width(type) ? choose_bit(t, cond, a, b) : 0;
	return bit ? bit : term_make(t, TERM_ITE, type, cond, a, b, 0, NULL);
}
