// SPDX-License-Identifier: GPL-2.0-only
/* Terms from outside: only what a constructor could have made gets into the store. */
#include "contract/term_internal.h"

/* What a term of an operator has. */
enum {
	A = 1,
	B = 2,
	C = 4, /* operands, never 0 */
	MAY_A = 8,
	LIST_B = 16, /* a may be 0, b is a LIST or 0 */
	NAME = 32,
	MAY_NAME = 64,
	NUMBER = 128,
	TRUTH = 256,   /* its type is BOOL */
	ADDRESS = 512, /* its type has a width */
};

static const unsigned shapes[TERM_OP_NR] = {
	[TERM_CONST] = NUMBER,
	[TERM_SYMBOL] = NAME,
	[TERM_GLOBAL] = NAME | ADDRESS,
	[TERM_LOCAL] = NAME | NUMBER | ADDRESS,
	[TERM_FRESH] = NAME | NUMBER,
	[TERM_FIELD] = A | MAY_NAME | NUMBER | ADDRESS,
	[TERM_ELEMENT] = A | B | NUMBER | ADDRESS,
	[TERM_LOAD] = A | NUMBER,
	[TERM_MEMBER] = A | NAME,
	[TERM_CALL] = MAY_A | LIST_B | MAY_NAME | NUMBER,
	[TERM_LIST] = MAY_A | LIST_B,
	[TERM_ADD] = A | B,
	[TERM_SUB] = A | B,
	[TERM_MUL] = A | B,
	[TERM_UDIV] = A | B,
	[TERM_SDIV] = A | B,
	[TERM_UREM] = A | B,
	[TERM_SREM] = A | B,
	[TERM_AND] = A | B,
	[TERM_OR] = A | B,
	[TERM_XOR] = A | B,
	[TERM_SHL] = A | B,
	[TERM_LSHR] = A | B,
	[TERM_ASHR] = A | B,
	[TERM_BNOT] = A,
	[TERM_NEG] = A,
	[TERM_ZEXT] = A,
	[TERM_SEXT] = A,
	[TERM_TRUNC] = A,
	[TERM_EQ] = A | B | TRUTH,
	[TERM_ULT] = A | B | TRUTH,
	[TERM_ULE] = A | B | TRUTH,
	[TERM_SLT] = A | B | TRUTH,
	[TERM_SLE] = A | B | TRUTH,
	[TERM_NOT] = A | TRUTH,
	[TERM_LAND] = A | B | TRUTH,
	[TERM_LOR] = A | B | TRUTH,
	[TERM_ITE] = A | B | C,
};

static bool has_shape(const struct terms *t, const struct term *x)
{
	unsigned shape = x->op > TERM_NONE && x->op < TERM_OP_NR ? shapes[x->op] : 0;
	bool list = x->b && x->b < t->nr && term_is(t, x->b, TERM_LIST);

	if (!shape || x->a >= t->nr || x->b >= t->nr || x->c >= t->nr)
		return false;
	if ((shape & A && !x->a) || (shape & B && !x->b) || !(shape & C) != !x->c)
		return false;
	if ((!(shape & (A | MAY_A)) && x->a) || (!(shape & (B | LIST_B)) && x->b) ||
	    list != (x->b && shape & LIST_B))
		return false;
	if ((x->a && term_is(t, x->a, TERM_LIST)) || (x->c && term_is(t, x->c, TERM_LIST)))
		return false;
	if ((shape & NAME && !x->name) || (!(shape & (NAME | MAY_NAME)) && x->name) ||
	    (!(shape & NUMBER) && x->value))
		return false;
	return x->op != TERM_CALL || !x->name == !!x->a; /* one of both says what is called */
}

static bool is_condition(const struct terms *t, term_t a)
{
	return t->items[a].type.kind == CTYPE_BOOL;
}

/* Widths have to agree where there are any: what has none is opaque. */
static bool fits(const struct terms *t, const struct term *x, unsigned width)
{
	unsigned a = term_width(t, x->a), b = term_width(t, x->b);

	switch (x->op) {
	case TERM_CONST:
		return !width || !(x->value & ~width_mask(width));
	case TERM_ZEXT:
		return a && a <= width;
	case TERM_SEXT:
		return a && a < width;
	case TERM_TRUNC:
		return width && a > width;
	case TERM_NOT:
		return is_condition(t, x->a);
	case TERM_LAND:
	case TERM_LOR:
		return is_condition(t, x->a) && is_condition(t, x->b);
	case TERM_ITE:
		return is_condition(t, x->a);
	case TERM_EQ:
	case TERM_ULT:
	case TERM_ULE:
	case TERM_SLT:
	case TERM_SLE:
		return !a || !b || a == b;
	case TERM_SHL:
	case TERM_LSHR:
	case TERM_ASHR:
		return !width || !a || !b || a == width;
	default:
		if (x->op >= TERM_ADD && x->op <= TERM_NEG)
			return !width || !a || (x->b && !b) ||
			       (a == width && (!x->b || b == width));
		return true;
	}
}

term_t term_raw(struct terms *t, const struct term *x)
{
	unsigned width = ctype_width(x->type);

	if (x->type.kind > CTYPE_FUNCTION || (x->type.kind == CTYPE_BOOL && x->type.bits != 1) ||
	    !has_shape(t, x))
		return 0;
	if (shapes[x->op] & TRUTH && x->type.kind != CTYPE_BOOL)
		return 0;
	if ((shapes[x->op] & ADDRESS && !width) || !fits(t, x, width))
		return 0;
	return term_make(t, x->op, x->type, x->a, x->b, x->c, x->value, x->name);
}
