// SPDX-License-Identifier: GPL-2.0-only
/*
 * Masks: any chain of ANDs and ORs of x with constants is (x & m) | s with all bits of s in m
 * (either may be missing), so flags that are set, cleared and tested have one form.
 */
#include "contract/term_internal.h"

static bool is_const(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_CONST);
}

/* op(x, constant); mask: the constant. */
static bool is_masked(const struct terms *t, term_t a, enum term_op op, uint64_t *mask)
{
	term_t b = t->items[a].b;

	if (!term_is(t, a, op) || !is_const(t, b))
		return false;
	*mask = t->items[b].value;
	return true;
}

static term_t set_bits(struct terms *t, term_t a, uint64_t c, struct ctype u);

static term_t mask_bits(struct terms *t, term_t a, uint64_t c, struct ctype u)
{
	struct term x = *term_at(t, a);
	uint64_t possible = ~term_zero_bits(t, a), m;
	unsigned inner = x.a ? term_width(t, x.a) : 0;
	struct ctype ui = ctype_unsigned(inner);

	if (!(possible & c))
		return term_const(t, 0, u);
	if (!(possible & ~c))
		return a;
	if (is_masked(t, a, TERM_AND, &m))
		return mask_bits(t, x.a, m & c, u);
	if (is_masked(t, a, TERM_OR, &m))
		return set_bits(t, mask_bits(t, x.a, c, u), m & c, u);
	if (x.op == TERM_TRUNC)
		return term_strip(t, term_extend(t, TERM_TRUNC, mask_bits(t, x.a, c, ui), u));
	if (x.op == TERM_ZEXT || (x.op == TERM_SEXT && !(c & ~width_mask(inner - 1))))
		return term_strip(t, term_extend(t, TERM_ZEXT,
						 mask_bits(t, x.a, c & width_mask(inner), ui), u));
	return term_make(t, TERM_AND, u, a, term_const(t, c, u), 0, 0, NULL);
}

static term_t set_bits(struct terms *t, term_t a, uint64_t c, struct ctype u)
{
	uint64_t all = width_mask(u.bits), m;

	if (!c)
		return a;
	if (c == all || is_const(t, a))
		return term_const(t, c | (is_const(t, a) ? t->items[a].value : 0), u);
	if (is_masked(t, a, TERM_OR, &m))
		return set_bits(t, t->items[a].a, m | c, u);
	if (is_masked(t, a, TERM_AND, &m)) {
		if (!(m & ~c))
			return term_const(t, c, u);
		a = t->items[a].a;
		if ((m | c) != all)
			a = term_make(t, TERM_AND, u, a, term_const(t, m | c, u), 0, 0, NULL);
	}
	return term_make(t, TERM_OR, u, a, term_const(t, c, u), 0, 0, NULL);
}

static term_t flip_bits(struct terms *t, term_t a, uint64_t c, struct ctype u)
{
	uint64_t m;

	if (!c)
		return a;
	if (c == width_mask(u.bits))
		return term_bitwise(t, TERM_BNOT, a, 0, u);
	if (is_masked(t, a, TERM_XOR, &m))
		return flip_bits(t, t->items[a].a, m ^ c, u);
	if (term_is(t, a, TERM_BNOT))
		return flip_bits(t, t->items[a].a, ~c & width_mask(u.bits), u);
	return term_make(t, TERM_XOR, u, a, term_const(t, c, u), 0, 0, NULL);
}

static bool is_wide_bool(const struct terms *t, term_t a)
{
	return term_is(t, a, TERM_ZEXT) && term_width(t, t->items[a].a) == 1;
}

static bool has_operand(const struct terms *t, term_t a, enum term_op op, term_t operand)
{
	return term_is(t, a, op) && (t->items[a].a == operand || t->items[a].b == operand);
}

static bool are_complements(const struct terms *t, term_t a, term_t b)
{
	return has_operand(t, a, TERM_BNOT, b) || has_operand(t, b, TERM_BNOT, a);
}

/* AND, OR of two terms that are no constants. */
static term_t junction(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u)
{
	enum term_op other = op == TERM_AND ? TERM_OR : TERM_AND;
	uint64_t c;
	term_t x;

	if (a == b || has_operand(t, a, op, b))
		return a;
	if (has_operand(t, b, op, a))
		return b;
	if (has_operand(t, a, other, b))
		return b;
	if (has_operand(t, b, other, a))
		return a;
	if (are_complements(t, a, b))
		return term_const(t, op == TERM_AND ? 0 : UINT64_MAX, u);
	if (is_wide_bool(t, a) && is_wide_bool(t, b)) {
		x = term_junction(t, op == TERM_AND ? TERM_LAND : TERM_LOR, t->items[a].a,
				  t->items[b].a);
		return term_strip(t, term_extend(t, TERM_ZEXT, x, u));
	}
	/* The constant goes to the end. */
	if (is_masked(t, a, op, &c)) {
		x = junction(t, op, t->items[a].a, b, u);
		return term_arith(t, op, x, term_const(t, c, u), u);
	}
	if (is_masked(t, b, op, &c)) {
		x = junction(t, op, a, t->items[b].a, u);
		return term_arith(t, op, x, term_const(t, c, u), u);
	}
	return term_make(t, op, u, a, b, 0, 0, NULL);
}

static term_t exclusive(struct terms *t, term_t a, term_t b, struct ctype u)
{
	if (a == b)
		return term_const(t, 0, u);
	if (are_complements(t, a, b))
		return term_const(t, UINT64_MAX, u);
	if (has_operand(t, a, TERM_XOR, b))
		return t->items[a].a == b ? t->items[a].b : t->items[a].a;
	if (has_operand(t, b, TERM_XOR, a))
		return t->items[b].a == a ? t->items[b].b : t->items[b].a;
	return term_make(t, TERM_XOR, u, a, b, 0, 0, NULL);
}

term_t term_bitwise(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u)
{
	term_t swap;

	if (op == TERM_BNOT) {
		if (term_is(t, a, TERM_BNOT))
			return t->items[a].a;
		if (term_is(t, a, TERM_XOR) && is_const(t, t->items[a].b))
			return flip_bits(t, t->items[a].a,
					 ~t->items[t->items[a].b].value & width_mask(u.bits), u);
		return term_make(t, TERM_BNOT, u, a, 0, 0, 0, NULL);
	}
	if (is_const(t, a)) {
		swap = a;
		a = b;
		b = swap;
	}
	if (!is_const(t, b))
		return op == TERM_XOR ? exclusive(t, a, b, u) : junction(t, op, a, b, u);
	if (op == TERM_AND)
		return mask_bits(t, a, t->items[b].value, u);
	if (op == TERM_OR)
		return set_bits(t, a, t->items[b].value, u);
	return flip_bits(t, a, t->items[b].value, u);
}
