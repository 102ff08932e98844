// SPDX-License-Identifier: GPL-2.0-only
/* Operators on numbers of a width, and which bits of a term are always 0. */
#include <errno.h>
#include <string.h>

#include "contract/term_internal.h"

enum { MAX_DEPTH = 6 };

/* Division as C rounds it; what overflows is undefined. */
static int divide_signed(enum term_op op, unsigned width, uint64_t x, uint64_t y, uint64_t *value)
{
	int64_t n = (int64_t)sign_extend(x, width), d = (int64_t)sign_extend(y, width);

	if (!d || (d == -1 && (x & width_mask(width)) == UINT64_C(1) << (width - 1)))
		return -EDOM;
	*value = (uint64_t)(op == TERM_SDIV ? n / d : n % d);
	return 0;
}

static int shift(enum term_op op, unsigned width, uint64_t x, uint64_t y, uint64_t *value)
{
	if (y >= width)
		return -EDOM;
	if (op == TERM_SHL)
		*value = x << y;
	else if (op == TERM_LSHR)
		*value = x >> y;
	else /* gcc and clang shift the sign in, as the kernel relies on */
		*value = (uint64_t)((int64_t)sign_extend(x, width) >> y);
	return 0;
}

int term_fold(enum term_op op, unsigned width, uint64_t x, uint64_t y, uint64_t *value)
{
	int64_t sx = (int64_t)sign_extend(x, width), sy = (int64_t)sign_extend(y, width);
	int err = 0;

	switch (op) {
	case TERM_ADD:
		*value = x + y;
		break;
	case TERM_SUB:
		*value = x - y;
		break;
	case TERM_MUL:
		*value = x * y;
		break;
	case TERM_AND:
		*value = x & y;
		break;
	case TERM_OR:
		*value = x | y;
		break;
	case TERM_XOR:
		*value = x ^ y;
		break;
	case TERM_BNOT:
		*value = ~x;
		break;
	case TERM_NEG:
		*value = -x;
		break;
	case TERM_UDIV:
	case TERM_UREM:
		if (!y)
			return -EDOM;
		*value = op == TERM_UDIV ? x / y : x % y;
		break;
	case TERM_SDIV:
	case TERM_SREM:
		err = divide_signed(op, width, x, y, value);
		break;
	case TERM_SHL:
	case TERM_LSHR:
	case TERM_ASHR:
		err = shift(op, width, x, y, value);
		break;
	case TERM_EQ:
		*value = x == y;
		return 0;
	case TERM_ULT:
		*value = x < y;
		return 0;
	case TERM_ULE:
		*value = x <= y;
		return 0;
	case TERM_SLT:
		*value = sx < sy;
		return 0;
	case TERM_SLE:
		*value = sx <= sy;
		return 0;
	default:
		return -EDOM;
	}
	if (!err)
		*value &= width_mask(width);
	return err;
}

/* How many low bits are 0 for certain. */
static unsigned low_zeros(uint64_t zero)
{
	return zero == UINT64_MAX ? 64 : (unsigned)__builtin_ctzll(~zero);
}

static uint64_t zero_bits(const struct terms *t, term_t a, unsigned depth);

static uint64_t zero_bits_of_sum(uint64_t zx, uint64_t zy)
{
	uint64_t most = ~(zx & zy);
	unsigned i;

	/* Both are below 2^n, so the sum is below 2^(n+1). */
	for (i = 1; i < 64; i *= 2)
		most |= most >> i;
	return ~(most | most << 1) | width_mask(low_zeros(zx & zy));
}

static uint64_t zero_bits_of_shift(const struct terms *t, const struct term *x, unsigned depth)
{
	const struct term *amount = term_at(t, x->b);
	unsigned width = ctype_width(x->type), k;
	uint64_t zero;

	if (amount->op != TERM_CONST || amount->value >= width)
		return 0;
	k = (unsigned)amount->value;
	zero = zero_bits(t, x->a, depth);
	if (x->op == TERM_SHL)
		return zero << k | width_mask(k);
	return x->op == TERM_LSHR ? ~(~zero >> k) : 0;
}

/* start and end of the request. */
static uint64_t zero_bits_of_symbol(const struct terms *t, const struct term *x)
{
	if (!t->page_shift || (strcmp(x->name, "start") && strcmp(x->name, "end")))
		return 0;
	return width_mask(t->page_shift);
}

static uint64_t zero_bits_inside(const struct terms *t, const struct term *x, unsigned depth)
{
	unsigned inner;
	uint64_t zx;

	switch (x->op) {
	case TERM_CONST:
		return ~x->value;
	case TERM_SYMBOL:
		return zero_bits_of_symbol(t, x);
	case TERM_ZEXT:
	case TERM_TRUNC:
		return zero_bits(t, x->a, depth);
	case TERM_SEXT:
		inner = term_width(t, x->a);
		zx = zero_bits(t, x->a, depth);
		return zx >> (inner - 1) & 1 ? zx : zx & width_mask(inner - 1);
	case TERM_AND:
		return zero_bits(t, x->a, depth) | zero_bits(t, x->b, depth);
	case TERM_OR:
	case TERM_XOR:
		return zero_bits(t, x->a, depth) & zero_bits(t, x->b, depth);
	case TERM_ITE:
		return zero_bits(t, x->b, depth) & zero_bits(t, x->c, depth);
	case TERM_ADD:
		return zero_bits_of_sum(zero_bits(t, x->a, depth), zero_bits(t, x->b, depth));
	case TERM_SUB:
		return width_mask(low_zeros(zero_bits(t, x->a, depth) & zero_bits(t, x->b, depth)));
	case TERM_SHL:
	case TERM_LSHR:
		return zero_bits_of_shift(t, x, depth);
	default:
		return 0;
	}
}

static uint64_t zero_bits(const struct terms *t, term_t a, unsigned depth)
{
	const struct term *x = term_at(t, a);
	unsigned width = ctype_width(x->type);

	if (!width)
		return 0;
	return ~width_mask(width) | (depth < MAX_DEPTH ? zero_bits_inside(t, x, depth + 1) : 0);
}

uint64_t term_zero_bits(const struct terms *t, term_t a)
{
	return zero_bits(t, a, 0);
}
