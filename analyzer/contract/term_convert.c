// SPDX-License-Identifier: GPL-2.0-only
/* Terms under another type: conversions, extensions, and types of the same width. */
#include "contract/term_internal.h"

term_t term_strip(const struct terms *t, term_t a)
{
	const struct term *x = term_at(t, a);

	return x->op == TERM_ZEXT && term_width(t, x->a) == ctype_width(x->type) ? x->a : a;
}

term_t term_typed(struct terms *t, term_t a, struct ctype type)
{
	if (ctype_equal(t->items[a].type, type))
		return a;
	a = term_strip(t, a);
	if (ctype_equal(t->items[a].type, type))
		return a;
	if (term_is(t, a, TERM_CONST))
		return term_const(t, t->items[a].value, type);
	return term_make(t, TERM_ZEXT, type, a, 0, 0, 0, NULL);
}

term_t term_operand(struct terms *t, term_t a, struct ctype u)
{
	if (term_width(t, a) != u.bits)
		a = term_convert(t, a, u);
	a = term_strip(t, a);
	return term_is(t, a, TERM_CONST) ? term_const(t, t->items[a].value, u) : a;
}

/* An ITE of constants is converted in its arms. */
static term_t extend_arms(struct terms *t, enum term_op op, struct term x, struct ctype type)
{
	return term_ite(t, x.a, term_extend(t, op, x.b, type), term_extend(t, op, x.c, type));
}

static term_t truncate_term(struct terms *t, term_t a, struct ctype u)
{
	struct term x = *term_at(t, a);
	unsigned inner = x.a ? term_width(t, x.a) : 0;

	if (x.op == TERM_TRUNC)
		return term_extend(t, TERM_TRUNC, x.a, u);
	if ((x.op == TERM_ZEXT || x.op == TERM_SEXT) && inner == u.bits)
		return x.a;
	if ((x.op == TERM_ZEXT || x.op == TERM_SEXT) && inner)
		return term_extend(t, inner > u.bits ? TERM_TRUNC : x.op, x.a, u);
	return term_make(t, TERM_TRUNC, u, a, 0, 0, 0, NULL);
}

static term_t widen(struct terms *t, enum term_op op, term_t a, struct ctype u)
{
	struct term x = *term_at(t, a);
	unsigned width = ctype_width(x.type);
	uint64_t zero = term_zero_bits(t, a);

	if (op == TERM_SEXT && zero >> (width - 1) & 1)
		op = TERM_ZEXT;
	if (x.op == op)
		return term_extend(t, op, x.a, u);
	/* What was cut off was 0. */
	if (op == TERM_ZEXT && x.op == TERM_TRUNC && term_width(t, x.a) == u.bits &&
	    !(~term_zero_bits(t, x.a) & ~width_mask(width)))
		return x.a;
	return term_make(t, op, u, a, 0, 0, 0, NULL);
}

term_t term_extend(struct terms *t, enum term_op op, term_t a, struct ctype type)
{
	unsigned width = ctype_width(type), from = term_width(t, a);
	struct ctype u = ctype_unsigned(width);
	struct term x;

	if (!width || !from)
		return a;
	if (type.kind == CTYPE_BOOL)
		u = type;
	a = term_strip(t, a);
	x = *term_at(t, a);
	if (from == width)
		return term_typed(t, a, type);
	if (x.op == TERM_CONST)
		return term_const(t,
				  (op == TERM_SEXT ? sign_extend(x.value, from) : x.value) &
					  width_mask(width),
				  type);
	if (x.op == TERM_ITE && term_is(t, x.b, TERM_CONST) && term_is(t, x.c, TERM_CONST))
		return extend_arms(t, op, x, type);
	a = from > width ? truncate_term(t, a, u)
			 : widen(t, op == TERM_SEXT ? op : TERM_ZEXT, a, u);
	return term_typed(t, a, type);
}

term_t term_convert(struct terms *t, term_t a, struct ctype to)
{
	struct ctype from = t->items[a].type;
	unsigned width = ctype_width(to), old = ctype_width(from);

	if (!a || !width || !old)
		return a;
	if (to.kind == CTYPE_BOOL)
		return term_truth(t, a);
	if (width == old)
		return term_typed(t, a, to);
	if (width < old)
		return term_extend(t, TERM_TRUNC, a, to);
	return term_extend(t, from.kind == CTYPE_INT && from.is_signed ? TERM_SEXT : TERM_ZEXT, a,
			   to);
}
