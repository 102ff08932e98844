// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arithmetic: constants fold, what has the same value by the rules of bit-vectors becomes one term.
 * A sum keeps its constant at the end; multiplication and unsigned division by a power of two are
 * shifts.
 */
#include "contract/term_internal.h"

static term_t constant(struct terms *t, uint64_t value, struct ctype u)
{
	return term_const(t, value, u);
}

static bool is_const(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_CONST);
}

/* x + constant */
static bool is_sum_with_const(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_ADD) && is_const(t, t->items[a].b);
}

/*
 * An address and a constant: if that is where one of the objects begins that the address is inside
 * of, that one (so container_of() finds what it came from), or 0.
 */
static term_t enclosing(const struct terms *t, term_t a, uint64_t c, unsigned width)
{
	const struct term *x, *index;

	for (;; a = term_strip(t, x->a)) {
		x = term_at(t, a);
		index = term_at(t, x->b);
		if (!(c & width_mask(width)))
			return a;
		if (x->op == TERM_FIELD)
			c += x->value;
		else if (x->op == TERM_ELEMENT && index->op == TERM_CONST)
			c += index->value * x->value;
		else
			return 0;
	}
}

static term_t add_constant(struct terms *t, term_t a, uint64_t c, struct ctype u)
{
	struct term x = *term_at(t, a);
	term_t outer;

	if (!(c & width_mask(u.bits)))
		return a;
	if (x.op == TERM_CONST)
		return constant(t, x.value + c, u);
	if (is_sum_with_const(t, a))
		return add_constant(t, x.a, t->items[x.b].value + c, u);
	if (x.op == TERM_SUB && is_const(t, x.a))
		return term_arith(t, TERM_SUB, constant(t, t->items[x.a].value + c, u), x.b, u);
	outer = x.op == TERM_FIELD || x.op == TERM_ELEMENT ? enclosing(t, a, c, u.bits) : 0;
	if (outer)
		return outer;
	return term_make(t, TERM_ADD, u, a, constant(t, c, u), 0, 0, NULL);
}

static term_t add(struct terms *t, term_t a, term_t b, struct ctype u)
{
	struct term x = *term_at(t, a), y = *term_at(t, b);

	if (y.op == TERM_CONST)
		return add_constant(t, a, y.value, u);
	if (x.op == TERM_CONST)
		return add_constant(t, b, x.value, u);
	if (is_sum_with_const(t, a))
		return add_constant(t, add(t, x.a, b, u), t->items[x.b].value, u);
	if (is_sum_with_const(t, b))
		return add_constant(t, add(t, a, y.a, u), t->items[y.b].value, u);
	if (x.op == TERM_SUB && x.b == b)
		return x.a;
	if (y.op == TERM_SUB && y.b == a)
		return y.a;
	if (y.op == TERM_NEG)
		return term_arith(t, TERM_SUB, a, y.a, u);
	if (x.op == TERM_NEG)
		return term_arith(t, TERM_SUB, b, x.a, u);
	return term_make(t, TERM_ADD, u, a, b, 0, 0, NULL);
}

/* Differences of what shares an operand; 0: does not. */
static term_t cancel(struct terms *t, term_t a, term_t b, struct ctype u)
{
	struct term x = *term_at(t, a), y = *term_at(t, b);

	if (x.op == TERM_ADD && (x.a == b || x.b == b))
		return x.a == b ? x.b : x.a;
	if (y.op == TERM_ADD && (y.a == a || y.b == a))
		return term_arith(t, TERM_NEG, y.a == a ? y.b : y.a, 0, u);
	if (x.op == TERM_SUB && x.a == b)
		return term_arith(t, TERM_NEG, x.b, 0, u);
	if (y.op == TERM_SUB && y.a == a)
		return y.b;
	return 0;
}

static term_t subtract(struct terms *t, term_t a, term_t b, struct ctype u)
{
	struct term x = *term_at(t, a), y = *term_at(t, b);
	int64_t offset_a, offset_b;
	term_t same;

	if (a == b)
		return constant(t, 0, u);
	if (y.op == TERM_CONST)
		return add_constant(t, a, -y.value, u);
	if (x.op == TERM_CONST && !x.value)
		return term_arith(t, TERM_NEG, b, 0, u);
	if (is_sum_with_const(t, b))
		return add_constant(t, subtract(t, a, y.a, u), -t->items[y.b].value, u);
	if (is_sum_with_const(t, a))
		return add_constant(t, subtract(t, x.a, b, u), t->items[x.b].value, u);
	same = cancel(t, a, b, u);
	if (same)
		return same;
	if (y.op == TERM_NEG)
		return add(t, a, y.a, u);
	if (term_base(t, a, &offset_a) == term_base(t, b, &offset_b))
		return constant(t, (uint64_t)offset_a - (uint64_t)offset_b, u);
	return term_make(t, TERM_SUB, u, a, b, 0, 0, NULL);
}

static bool is_power_of_two(uint64_t v)
{
	return v && !(v & (v - 1));
}

static term_t multiply(struct terms *t, term_t a, term_t b, struct ctype u)
{
	term_t swap;
	uint64_t c;

	if (is_const(t, a)) {
		swap = a;
		a = b;
		b = swap;
	}
	if (!is_const(t, b))
		return term_make(t, TERM_MUL, u, a, b, 0, 0, NULL);
	c = t->items[b].value;
	if (!c)
		return b;
	if (c == width_mask(u.bits))
		return term_arith(t, TERM_NEG, a, 0, u);
	if (is_power_of_two(c))
		return term_arith(t, TERM_SHL, a,
				  constant(t, (uint64_t)__builtin_ctzll(c), ctype_int), u);
	if (term_is(t, a, TERM_MUL) && is_const(t, t->items[a].b)) {
		c *= t->items[t->items[a].b].value;
		return multiply(t, t->items[a].a, constant(t, c, u), u);
	}
	return term_make(t, TERM_MUL, u, a, b, 0, 0, NULL);
}

static term_t divide(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u)
{
	uint64_t c = is_const(t, b) ? t->items[b].value : 0;

	if (c == 1)
		return op == TERM_UDIV || op == TERM_SDIV ? a : constant(t, 0, u);
	if (op == TERM_UDIV && is_power_of_two(c))
		return term_arith(t, TERM_LSHR, a,
				  constant(t, (uint64_t)__builtin_ctzll(c), ctype_int), u);
	if (op == TERM_UREM && is_power_of_two(c))
		return term_arith(t, TERM_AND, a, constant(t, c - 1, u), u);
	return term_make(t, op, u, a, b, 0, 0, NULL);
}

/* Of a shift by a constant that is below the width. */
static term_t shift_by_constant(struct terms *t, enum term_op op, term_t a, uint64_t k,
				struct ctype u)
{
	struct term x = *term_at(t, a);
	uint64_t zero = term_zero_bits(t, a), inner;

	if (!k)
		return a;
	if (op == TERM_ASHR && zero >> (u.bits - 1) & 1)
		op = TERM_LSHR;
	if (op == TERM_LSHR && !(~zero >> k))
		return constant(t, 0, u);
	inner = x.b && is_const(t, x.b) ? t->items[x.b].value : 0;
	if (x.op == op && inner && inner < u.bits) {
		k += inner;
		if (k >= u.bits && op != TERM_ASHR)
			return constant(t, 0, u);
		return shift_by_constant(t, op, x.a, k < u.bits ? k : u.bits - 1u, u);
	}
	/* There and back, where nothing is lost on the way. */
	if (op == TERM_SHL && x.op == TERM_LSHR && inner == k &&
	    !(~term_zero_bits(t, x.a) & width_mask((unsigned)k)))
		return x.a;
	if (op == TERM_LSHR && x.op == TERM_SHL && inner == k &&
	    !(~term_zero_bits(t, x.a) >> (u.bits - k)))
		return x.a;
	return term_make(t, op, u, a, constant(t, k, ctype_int), 0, 0, NULL);
}

/* The amount has a type of its own. */
static term_t shift(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u)
{
	uint64_t value;

	b = term_strip(t, b);
	if (term_is(t, b, TERM_ZEXT) && term_width(t, t->items[b].a) > 1)
		b = t->items[b].a;
	if (!is_const(t, b))
		return term_make(t, op, u, a, b, 0, 0, NULL);
	value = t->items[b].value;
	if (value >= u.bits)
		return term_make(t, op, u, a, b, 0, 0, NULL);
	if (is_const(t, a) && !term_fold(op, u.bits, t->items[a].value, value, &value))
		return constant(t, value, u);
	return shift_by_constant(t, op, a, value, u);
}

static term_t negate(struct terms *t, term_t a, struct ctype u)
{
	struct term x = *term_at(t, a);

	if (x.op == TERM_NEG)
		return x.a;
	if (x.op == TERM_SUB)
		return subtract(t, x.b, x.a, u);
	if (is_sum_with_const(t, a))
		return subtract(t, constant(t, -t->items[x.b].value, u), x.a, u);
	return term_make(t, TERM_NEG, u, a, 0, 0, 0, NULL);
}

term_t term_arith(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u)
{
	uint64_t value;

	if (op == TERM_SHL || op == TERM_LSHR || op == TERM_ASHR)
		return shift(t, op, a, b, u);
	if (is_const(t, a) && (!b || is_const(t, b)) &&
	    !term_fold(op, u.bits, t->items[a].value, t->items[b].value, &value))
		return constant(t, value, u);
	switch (op) {
	case TERM_ADD:
		return add(t, a, b, u);
	case TERM_SUB:
		return subtract(t, a, b, u);
	case TERM_MUL:
		return multiply(t, a, b, u);
	case TERM_NEG:
		return negate(t, a, u);
	case TERM_AND:
	case TERM_OR:
	case TERM_XOR:
	case TERM_BNOT:
		return term_bitwise(t, op, a, b, u);
	default:
		return divide(t, op, a, b, u);
	}
}

/* Bits of a _Bool: conditions; other arithmetic on it is int's. */
static term_t arith_bool(struct terms *t, enum term_op op, term_t a, term_t b)
{
	if (op == TERM_AND || op == TERM_OR)
		return term_junction(t, op == TERM_AND ? TERM_LAND : TERM_LOR, term_truth(t, a),
				     term_truth(t, b));
	a = term_convert(t, a, ctype_int);
	b = b ? term_convert(t, b, ctype_int) : 0;
	return term_truth(t, term_op(t, op, a, b, ctype_int));
}

term_t term_op(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype type)
{
	struct ctype u = ctype_unsigned(ctype_width(type));

	if (op == TERM_NOT)
		return term_not(t, a);
	if (op == TERM_LAND || op == TERM_LOR)
		return term_junction(t, op, term_truth(t, a), term_truth(t, b));
	if (op_is_compare(op))
		return term_compare(t, op, a, b);
	if (op == TERM_ZEXT || op == TERM_SEXT || op == TERM_TRUNC)
		return term_extend(t, op, a, type);
	if (!u.bits || !term_width(t, a) || (b && !term_width(t, b)))
		return term_make(t, op, type, a, b, 0, 0, NULL);
	if (type.kind == CTYPE_BOOL)
		return arith_bool(t, op, a, b);
	a = term_operand(t, a, u);
	if (b && op != TERM_SHL && op != TERM_LSHR && op != TERM_ASHR)
		b = term_operand(t, b, u);
	return term_typed(t, term_arith(t, op, a, b, u), type);
}
