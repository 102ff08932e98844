// SPDX-License-Identifier: GPL-2.0-only
/*
 * Comparisons: at the narrowest width that decides them, unsigned where no sign can be, constants
 * on the right of EQ; a test of one bit is EQ(AND(x, bit), 0) or its NOT.
 */
#include "contract/term_internal.h"

static term_t truth_value(struct terms *t, bool value)
{
	return term_const(t, value, ctype_bool);
}

static bool is_const(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_CONST);
}

static bool is_signed_op(enum term_op op)
{
	return op == TERM_SLT || op == TERM_SLE;
}

static term_t compare_with(struct terms *t, enum term_op op, term_t a, uint64_t c, unsigned width)
{
	return term_compare(t, op, a, term_const(t, c, ctype_unsigned(width)));
}

/* The object that a member belongs to. */
static term_t object(const struct terms *t, term_t a)
{
	while (term_is(t, a, TERM_FIELD))
		a = t->items[a].a;
	return a;
}

static bool is_object(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_GLOBAL) || term_is(t, a, TERM_LOCAL);
}

/*
 * Addresses that cannot be the same: of two variables, of a variable and NULL, of two offsets in
 * one object.
 */
static bool are_apart(const struct terms *t, term_t a, term_t b)
{
	term_t root_a = object(t, a), root_b = object(t, b);
	int64_t offset_a, offset_b;

	if (is_object(t, root_a) &&
	    (is_object(t, root_b) || (is_const(t, b) && !t->items[b].value)) && root_a != root_b)
		return true;
	return term_base(t, a, &offset_a) == term_base(t, b, &offset_b) && offset_a != offset_b;
}

/* The same address under two names. */
static bool are_together(const struct terms *t, term_t a, term_t b)
{
	int64_t offset_a, offset_b;

	return a == b ||
	       (term_base(t, a, &offset_a) == term_base(t, b, &offset_b) && offset_a == offset_b);
}

/* x == 0 */
static term_t equals_zero(struct terms *t, term_t a)
{
	struct term x = *term_at(t, a);

	if (x.op == TERM_SUB || (x.op == TERM_XOR && !is_const(t, x.b)))
		return term_compare(t, TERM_EQ, x.a, x.b);
	return 0;
}

/*
 * What an operator with a constant did to x is done to the constant backwards; 0: no such operator.
 */
static term_t equals_inverse(struct terms *t, term_t a, uint64_t c, unsigned width)
{
	struct term x = *term_at(t, a), inner = *term_at(t, x.a), k = *term_at(t, x.b);
	uint64_t m;

	switch (x.op) {
	case TERM_BNOT:
		return compare_with(t, TERM_EQ, x.a, ~c, width);
	case TERM_NEG:
		return compare_with(t, TERM_EQ, x.a, -c, width);
	case TERM_ADD:
		return k.op == TERM_CONST ? compare_with(t, TERM_EQ, x.a, c - k.value, width) : 0;
	case TERM_XOR:
		return k.op == TERM_CONST ? compare_with(t, TERM_EQ, x.a, c ^ k.value, width) : 0;
	case TERM_SUB:
		return inner.op == TERM_CONST
			       ? compare_with(t, TERM_EQ, x.b, inner.value - c, width)
			       : 0;
	case TERM_LSHR:
		if (k.op != TERM_CONST || k.value >= width ||
		    ~term_zero_bits(t, x.a) & width_mask((unsigned)k.value))
			return 0;
		m = c << k.value & width_mask(width);
		return m >> k.value == c ? compare_with(t, TERM_EQ, x.a, m, width)
					 : truth_value(t, false);
	default:
		return 0;
	}
}

/* (x >> k & m) == c and (x & bit) == bit */
static term_t equals_masked(struct terms *t, term_t a, uint64_t c, unsigned width)
{
	struct term x = *term_at(t, a), inner, k;
	struct ctype u = ctype_unsigned(width);
	uint64_t m;

	if (x.op != TERM_AND || !is_const(t, x.b))
		return 0;
	m = t->items[x.b].value;
	if (c && c == m && !(m & (m - 1)))
		return term_not(t, compare_with(t, TERM_EQ, a, 0, width));
	inner = *term_at(t, x.a);
	k = *term_at(t, inner.b);
	if (inner.op != TERM_LSHR || k.op != TERM_CONST || k.value >= width)
		return 0;
	if (c << k.value >> k.value != c)
		return 0;
	a = term_arith(t, TERM_AND, inner.a, term_const(t, m << k.value, u), u);
	return compare_with(t, TERM_EQ, a, c << k.value, width);
}

/* Both sides of EQ without what they share; 0: nothing. */
static term_t equals_shared(struct terms *t, term_t a, term_t b)
{
	struct term x = *term_at(t, a), y = *term_at(t, b);
	struct ctype type = ctype_unsigned(ctype_width(x.type));

	if (x.op == TERM_ADD && y.op == TERM_ADD && x.b == y.b)
		return term_compare(t, TERM_EQ, x.a, y.a);
	if (x.op == TERM_ADD && (x.a == b || x.b == b))
		return term_compare(t, TERM_EQ, x.a == b ? x.b : x.a, term_const(t, 0, type));
	if (y.op == TERM_ADD && (y.a == a || y.b == a))
		return term_compare(t, TERM_EQ, y.a == a ? y.b : y.a, term_const(t, 0, type));
	return 0;
}

static term_t equals_constant(struct terms *t, term_t a, uint64_t c, unsigned width)
{
	term_t r;

	if (c & term_zero_bits(t, a))
		return truth_value(t, false);
	r = c ? 0 : equals_zero(t, a);
	if (!r)
		r = equals_masked(t, a, c, width);
	return r ? r : equals_inverse(t, a, c, width);
}

/* Of two conditions. */
static term_t compare_conditions(struct terms *t, enum term_op op, term_t a, term_t b)
{
	term_t not_a;

	if (op == TERM_ULT || op == TERM_SLT)
		return term_junction(t, TERM_LAND, term_not(t, a), b);
	if (op == TERM_ULE || op == TERM_SLE)
		return term_junction(t, TERM_LOR, term_not(t, a), b);
	if (is_const(t, a))
		return t->items[a].value ? b : term_not(t, b);
	if (is_const(t, b))
		return t->items[b].value ? a : term_not(t, a);
	not_a = term_not(t, a);
	if (a == b || not_a == b)
		return truth_value(t, a == b);
	return term_make(t, TERM_EQ, ctype_bool, a, b, 0, 0, NULL);
}

/* Unsigned, from what the sides can be at most; 0: not decided. */
static term_t compare_ranges(struct terms *t, enum term_op op, term_t a, term_t b, unsigned width)
{
	uint64_t most_a = ~term_zero_bits(t, a), most_b = ~term_zero_bits(t, b);
	uint64_t least_a = is_const(t, a) ? most_a : 0, least_b = is_const(t, b) ? most_b : 0;

	if (op == TERM_ULT ? most_a < least_b : most_a <= least_b)
		return truth_value(t, true);
	if (op == TERM_ULT ? least_a >= most_b : least_a > most_b)
		return truth_value(t, false);
	if (op == TERM_ULT && least_b == 1)
		return compare_with(t, TERM_EQ, a, 0, width);
	if (op == TERM_ULE && is_const(t, b) && !least_b)
		return compare_with(t, TERM_EQ, a, 0, width);
	if ((op == TERM_ULT && is_const(t, a) && !least_a) || (op == TERM_ULE && least_a == 1))
		return term_not(t, compare_with(t, TERM_EQ, b, 0, width));
	if (op == TERM_ULE && is_const(t, a) && least_a == most_b)
		return compare_with(t, TERM_EQ, b, most_b, width);
	return 0;
}

/* The smallest and the largest signed number. */
static term_t compare_signed_ranges(struct terms *t, enum term_op op, term_t a, term_t b,
				    unsigned width)
{
	uint64_t least = UINT64_C(1) << (width - 1), most = least - 1;
	bool const_a = is_const(t, a), const_b = is_const(t, b);
	uint64_t va = t->items[a].value, vb = t->items[b].value;

	if (op == TERM_SLT && ((const_a && va == most) || (const_b && vb == least)))
		return truth_value(t, false);
	if (op == TERM_SLE && ((const_a && va == least) || (const_b && vb == most)))
		return truth_value(t, true);
	return 0;
}

/* a is extended, b a constant (swapped: the other way round); 0: stays as it is. */
static term_t compare_extended_constant(struct terms *t, enum term_op op, term_t a, uint64_t c,
					unsigned width, bool swapped)
{
	struct term x = *term_at(t, a);
	unsigned inner = term_width(t, x.a);
	uint64_t narrow = c & width_mask(inner), wide;
	term_t k;

	if (x.op == TERM_TRUNC) {
		/* Nothing was cut off: the wider one says the same. */
		if (is_signed_op(op) || ~term_zero_bits(t, x.a) & ~width_mask(width))
			return 0;
		narrow = c;
	} else {
		wide = x.op == TERM_SEXT ? sign_extend(narrow, inner) & width_mask(width) : narrow;
		if (wide != c) {
			if (op == TERM_EQ)
				return truth_value(t, false);
			if (x.op == TERM_SEXT && !is_signed_op(op))
				return 0;
			/* Beyond all that the narrow one can be, on which side its sign says. */
			return truth_value(t, !(c >> (width - 1) & (unsigned)is_signed_op(op)) !=
						      swapped);
		}
		if (x.op == TERM_ZEXT && is_signed_op(op))
			op = op == TERM_SLT ? TERM_ULT : TERM_ULE;
	}
	k = term_const(t, narrow, inner == 1 ? ctype_bool : ctype_unsigned(inner));
	return swapped ? term_compare(t, op, k, x.a) : term_compare(t, op, x.a, k);
}

static bool is_extension(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_ZEXT) || term_is(t, a, TERM_SEXT);
}

/* At a narrower width; 0: not to be had. */
static term_t compare_narrow(struct terms *t, enum term_op op, term_t a, term_t b, unsigned width)
{
	struct term x = *term_at(t, a), y = *term_at(t, b);
	unsigned wx, wy;
	struct ctype u;

	if (y.op == TERM_CONST && (is_extension(t, a) || x.op == TERM_TRUNC))
		return compare_extended_constant(t, op, a, y.value, width, false);
	if (x.op == TERM_CONST && (is_extension(t, b) || y.op == TERM_TRUNC))
		return compare_extended_constant(t, op, b, x.value, width, true);
	if (x.op != y.op || !is_extension(t, a))
		return 0;
	wx = term_width(t, x.a);
	wy = term_width(t, y.a);
	/* Both orders survive a sign extension, the unsigned one a zero extension. */
	if (x.op == TERM_ZEXT && is_signed_op(op))
		op = op == TERM_SLT ? TERM_ULT : TERM_ULE;
	u = ctype_unsigned(wx > wy ? wx : wy);
	if (wx != wy)
		return term_compare(t, op, term_extend(t, x.op, x.a, u),
				    term_extend(t, x.op, y.a, u));
	return term_compare(t, op, x.a, y.a);
}

/* An ITE with a constant in an arm, and a constant. */
static term_t compare_choice(struct terms *t, enum term_op op, term_t a, term_t b)
{
	bool left = term_is(t, a, TERM_ITE) && is_const(t, b);
	struct term x = *term_at(t, left ? a : b);
	term_t yes, no;

	if (!left && !(term_is(t, b, TERM_ITE) && is_const(t, a)))
		return 0;
	if (!is_const(t, x.b) && !is_const(t, x.c))
		return 0;
	yes = left ? term_compare(t, op, x.b, b) : term_compare(t, op, a, x.b);
	no = left ? term_compare(t, op, x.c, b) : term_compare(t, op, a, x.c);
	return term_ite(t, x.a, yes, no);
}

/* The constant under the type that a reader expects. */
static term_t constant_for(struct terms *t, enum term_op op, term_t a, term_t other)
{
	struct ctype type = t->items[other].type;

	if (!is_const(t, a))
		return a;
	if (op != TERM_EQ && (type.kind != CTYPE_INT || type.is_signed != is_signed_op(op))) {
		type = ctype_unsigned(ctype_width(type));
		type.is_signed = is_signed_op(op);
	}
	return term_const(t, t->items[a].value, type);
}

/* Operands are stripped and of one width, at most one is a constant. */
static term_t compare(struct terms *t, enum term_op op, term_t a, term_t b, unsigned width)
{
	term_t r = 0;

	if (is_signed_op(op) &&
	    term_zero_bits(t, a) & term_zero_bits(t, b) & UINT64_C(1) << (width - 1))
		op = op == TERM_SLT ? TERM_ULT : TERM_ULE;
	if (op == TERM_EQ) {
		if (are_apart(t, a, b) || are_apart(t, b, a))
			return truth_value(t, false);
		r = is_const(t, b) ? equals_constant(t, a, t->items[b].value, width)
				   : equals_shared(t, a, b);
	} else if (is_signed_op(op)) {
		r = compare_signed_ranges(t, op, a, b, width);
	} else {
		r = compare_ranges(t, op, a, b, width);
	}
	if (!r)
		r = compare_narrow(t, op, a, b, width);
	if (!r)
		r = compare_choice(t, op, a, b);
	if (r)
		return r;
	return term_make(t, op, ctype_bool, constant_for(t, op, a, b), constant_for(t, op, b, a), 0,
			 0, NULL);
}

/* Operands of different widths: the narrower one as C would convert it. */
static term_t widened(struct terms *t, term_t a, unsigned width)
{
	return term_width(t, a) < width ? term_convert(t, a, ctype_unsigned(width)) : a;
}

term_t term_compare(struct terms *t, enum term_op op, term_t a, term_t b)
{
	unsigned wa = term_width(t, a), wb = term_width(t, b), width = wa > wb ? wa : wb;
	term_t swap;
	uint64_t value;

	if (!wa || !wb)
		return a == b ? truth_value(t, op == TERM_EQ || op == TERM_ULE || op == TERM_SLE)
			      : term_make(t, op, ctype_bool, a, b, 0, 0, NULL);
	if (width == 1)
		return compare_conditions(t, op, a, b);
	a = term_strip(t, widened(t, a, width));
	b = term_strip(t, widened(t, b, width));
	if (is_const(t, a) && is_const(t, b)) {
		if (term_fold(op, width, t->items[a].value, t->items[b].value, &value))
			value = 0; /* cannot be: comparisons are always defined */
		return truth_value(t, value);
	}
	if (are_together(t, a, b))
		return truth_value(t, op == TERM_EQ || op == TERM_ULE || op == TERM_SLE);
	if (op == TERM_EQ && is_const(t, a)) {
		swap = a;
		a = b;
		b = swap;
	}
	return compare(t, op, a, b, width);
}
