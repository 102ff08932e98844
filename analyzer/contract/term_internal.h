/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of term.h share; nobody else includes it. */
#ifndef MMAPCONV_CONTRACT_TERM_INTERNAL_H
#define MMAPCONV_CONTRACT_TERM_INTERNAL_H

#include "contract/term.h"

static inline uint64_t width_mask(unsigned width)
{
	return width >= 64 ? UINT64_MAX : (UINT64_C(1) << width) - 1;
}

static inline uint64_t sign_extend(uint64_t value, unsigned width)
{
	uint64_t sign = UINT64_C(1) << (width - 1);

	return ((value & width_mask(width)) ^ sign) - sign;
}

static inline struct ctype ctype_unsigned(unsigned width)
{
	return (struct ctype){ .kind = CTYPE_INT, .bits = (uint8_t)width };
}

static inline unsigned term_width(const struct terms *t, term_t a)
{
	return ctype_width(t->items[a].type);
}

static inline bool term_is(const struct terms *t, term_t a, enum term_op op)
{
	return t->items[a].op == op;
}

static inline bool op_is_compare(enum term_op op)
{
	return op >= TERM_EQ && op <= TERM_SLE;
}

static inline bool op_is_commutative(enum term_op op)
{
	return op == TERM_ADD || op == TERM_MUL || op == TERM_AND || op == TERM_OR ||
	       op == TERM_XOR || op == TERM_EQ || op == TERM_LAND || op == TERM_LOR;
}

/* The term as it is given, found or added; operands of commutative operators are put in order. */
term_t term_make(struct terms *t, enum term_op op, struct ctype type, term_t a, term_t b, term_t c,
		 uint64_t value, const char *name);

/* The same bits under another type of the same width. */
term_t term_typed(struct terms *t, term_t a, struct ctype type);
/* At the width of u (an unsigned INT), stripped, constants of that type. */
term_t term_operand(struct terms *t, term_t a, struct ctype u);
/* ZEXT, SEXT, TRUNC. */
term_t term_extend(struct terms *t, enum term_op op, term_t a, struct ctype type);
/* Arithmetic at the width of u; operands come from term_operand(). */
term_t term_arith(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u);
/* AND, OR, XOR and BNOT of term_arith() */
term_t term_bitwise(struct terms *t, enum term_op op, term_t a, term_t b, struct ctype u);
term_t term_compare(struct terms *t, enum term_op op, term_t a, term_t b);
/* LAND and LOR */
term_t term_junction(struct terms *t, enum term_op op, term_t a, term_t b);

/* The bits of a that are 0 whatever a is; bits beyond its width are set as well. */
uint64_t term_zero_bits(const struct terms *t, term_t a);
/*
 * op on constants of `width` bits (of comparisons and extensions: the operands' width; of those and
 * shifts y is zero-extended).  -EDOM where C leaves it undefined.
 */
int term_fold(enum term_op op, unsigned width, uint64_t x, uint64_t y, uint64_t *value);

#endif
