// SPDX-License-Identifier: GPL-2.0-only
/*
 * A pointer that is one of two, `c ? &a : &b`, of which one at least points into the function's own variables or into
 * the mapping: what is read there is one of two values, and what is written changes one of the two.
 */
#include "contract/engine.h"

/* The address with one arm of its root's ?: in place of that; 0: it is not made as others are. */
static term_t arm(struct engine *e, term_t address, bool first)
{
	struct term x = *term_at(e->t, address);
	term_t base;

	if (x.op == TERM_ITE)
		return first ? x.b : x.c;
	base = x.op == TERM_FIELD || x.op == TERM_ELEMENT || x.op == TERM_ZEXT ? arm(e, x.a, first) : 0;
	if (!base || x.op == TERM_ZEXT)
		return base;
	return x.op == TERM_FIELD ? term_field(e->t, base, x.name, x.value) : element(e, base, x.b, x.value);
}

static bool has_own(const struct engine *e, term_t address)
{
	term_t root = address_root(e->t, address);
	const struct term *x = term_at(e->t, root);

	return x->op == TERM_ITE ? has_own(e, x->b) || has_own(e, x->c) : memory_is_own(e, root);
}

bool either_is_own(const struct engine *e, term_t address)
{
	return term_at(e->t, address_root(e->t, address))->op == TERM_ITE && has_own(e, address);
}

bool either_is_local(const struct engine *e, term_t address)
{
	const struct term *x = term_at(e->t, address_root(e->t, address));

	return x->op == TERM_ITE ? either_is_local(e, x->b) && either_is_local(e, x->c) : x->op == TERM_LOCAL;
}

term_t either_read(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	term_t cond = term_at(e->t, address_root(e->t, address))->a, a = arm(e, address, true), b = arm(e, address, false);

	if (!a || !b)
		return term_fresh(e->t, "one of two places", type);
	a = memory_read(e, s, a, type);
	b = memory_read(e, s, b, type);
	if (a == b)
		return a;
	return ctype_width(type) ? term_ite(e->t, cond, a, b) : term_fresh(e->t, "one of two places", type);
}

/* What is at the address, as a whole, is not known any more. */
static void lose(struct engine *e, struct state *s, term_t address)
{
	struct term x = *term_at(e->t, address_root(e->t, address));

	if (x.op == TERM_ITE) {
		lose(e, s, x.b);
		lose(e, s, x.c);
	} else if (x.op == TERM_LOCAL) {
		memory_lose(e, s, address_root(e->t, address), "one of two that was written");
	} else {
		memory_clobber(e, s, &address, 1);
	}
}

/* cond: when it is written, or 0: always. */
static void write_when(struct engine *e, struct state *s, term_t address, term_t value, term_t cond)
{
	term_t root = address_root(e->t, address), c, a, b;
	struct ctype type = term_at(e->t, value)->type;

	if (!either_is_own(e, address)) {
		/* Outside it may have been written: that is all that is said there. */
		if (cond && memory_is_own(e, root))
			value = term_ite(e->t, cond, value, memory_read(e, s, address, type));
		memory_write(e, s, address, value);
		return;
	}
	c = term_at(e->t, root)->a;
	a = arm(e, address, true);
	b = arm(e, address, false);
	if (!a || !b || !ctype_width(type)) {
		lose(e, s, address);
		return;
	}
	write_when(e, s, a, value, cond ? term_op(e->t, TERM_LAND, cond, c, ctype_bool) : c);
	c = term_not(e->t, c);
	write_when(e, s, b, value, cond ? term_op(e->t, TERM_LAND, cond, c, ctype_bool) : c);
}

void either_write(struct engine *e, struct state *s, term_t address, term_t value)
{
	write_when(e, s, address, value, 0);
}
