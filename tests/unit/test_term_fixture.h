/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Random terms, each with what plain C arithmetic makes of it in some worlds; for tests of terms
 * and Z3.
 */
#ifndef MMAPCONV_TEST_TERM_FIXTURE_H
#define MMAPCONV_TEST_TERM_FIXTURE_H

#include <errno.h>
#include <string.h>

#include "contract/term.h"

enum { WORLDS = 8, POOL = 80, NR_TYPES = 9 };

static const struct ctype types[NR_TYPES] = {
	{ CTYPE_BOOL, 1, false }, { CTYPE_INT, 8, false },  { CTYPE_INT, 8, true },
	{ CTYPE_INT, 16, false }, { CTYPE_INT, 32, false }, { CTYPE_INT, 32, true },
	{ CTYPE_INT, 64, false }, { CTYPE_INT, 64, true },  { CTYPE_POINTER, 64, false },
};

/* A term and what it is worth in each world. */
struct sample {
	term_t term;
	struct ctype type;
	uint64_t value[WORLDS];
};

static uint64_t seed;

static uint64_t draw(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed * UINT64_C(0x2545f4914f6cdd1d);
}

static unsigned below(unsigned n)
{
	return (unsigned)(draw() >> 33) % n;
}

/* Numbers at which arithmetic turns. */
static uint64_t number(void)
{
	uint64_t v = draw();

	switch (below(6)) {
	case 0:
		return v % 16;
	case 1:
		return UINT64_C(1) << v % 64;
	case 2:
		return (UINT64_C(1) << v % 64) - 1;
	case 3:
		return -(v % 4);
	case 4:
		return -(UINT64_C(1) << v % 64);
	default:
		return v >> below(64);
	}
}

static uint64_t cut(uint64_t v, struct ctype c)
{
	if (c.kind == CTYPE_BOOL)
		return v & 1;
	return c.bits == 64 ? v : v & ((UINT64_C(1) << c.bits) - 1);
}

/* As a 64-bit number with the sign that the type has. */
static int64_t with_sign(uint64_t v, unsigned bits)
{
	return bits == 64 ? (int64_t)v : (int64_t)(v << (64 - bits)) >> (64 - bits);
}

static uint64_t converted(uint64_t v, struct ctype from, struct ctype to)
{
	if (to.kind == CTYPE_BOOL)
		return v != 0;
	return cut(from.is_signed ? (uint64_t)with_sign(v, from.bits) : v, to);
}

/* What C says of op; false where it says nothing. */
static bool expected(enum term_op op, struct ctype c, uint64_t x, uint64_t y, uint64_t *r)
{
	int64_t sx = with_sign(x, c.bits), sy = with_sign(y, c.bits);

	switch (op) {
	case TERM_ADD:
		*r = x + y;
		return true;
	case TERM_SUB:
		*r = x - y;
		return true;
	case TERM_MUL:
		*r = x * y;
		return true;
	case TERM_AND:
		*r = x & y;
		return true;
	case TERM_OR:
		*r = x | y;
		return true;
	case TERM_XOR:
		*r = x ^ y;
		return true;
	case TERM_BNOT:
		*r = ~x;
		return true;
	case TERM_NEG:
		*r = 0 - x;
		return true;
	case TERM_UDIV:
		*r = y ? x / y : 0;
		return y;
	case TERM_UREM:
		*r = y ? x % y : 0;
		return y;
	case TERM_SDIV:
	case TERM_SREM:
		if (!sy || (sy == -1 && sx == with_sign(UINT64_C(1) << (c.bits - 1), c.bits)))
			return false;
		*r = (uint64_t)(op == TERM_SDIV ? sx / sy : sx % sy);
		return true;
	case TERM_SHL:
		*r = y < c.bits ? x << y : 0;
		return y < c.bits;
	case TERM_LSHR:
		*r = y < c.bits ? x >> y : 0;
		return y < c.bits;
	case TERM_ASHR:
		*r = y < c.bits ? (uint64_t)(sx >> y) : 0;
		return y < c.bits;
	case TERM_EQ:
		*r = x == y;
		return true;
	case TERM_ULT:
		*r = x < y;
		return true;
	case TERM_ULE:
		*r = x <= y;
		return true;
	case TERM_SLT:
		*r = sx < sy;
		return true;
	case TERM_SLE:
		*r = sx <= sy;
		return true;
	case TERM_LAND:
		*r = x && y;
		return true;
	case TERM_LOR:
		*r = x || y;
		return true;
	case TERM_NOT:
		*r = !x;
		return true;
	default:
		return false;
	}
}

/* Leaves: SYMBOLs and addresses, whose values the worlds hold by term. */
struct round {
	struct terms *t;
	struct sample pool[POOL];
	size_t nr, nr_leaves;
	size_t world;
	/* Few operators, numbers and types a round, so that they meet each other. */
	enum term_op ops[4];
	uint64_t numbers[6];
	struct ctype types[3];
};

static void add_leaf(struct round *r, const char *name, struct ctype type, uint64_t mask)
{
	struct sample *s = &r->pool[r->nr++];
	size_t w;

	s->type = type;
	s->term = term_symbol(r->t, name, type);
	for (w = 0; w < WORLDS; w++)
		s->value[w] = cut(number() & mask, type);
}

static void add_global(struct round *r, const char *name, uint64_t address)
{
	struct sample *s = &r->pool[r->nr++];
	size_t w;

	s->type = ctype_pointer;
	s->term = term_global(r->t, name);
	for (w = 0; w < WORLDS; w++)
		s->value[w] = address + (draw() & 0xff0);
}

/* start < end */
static void order_request(struct sample *start, struct sample *end)
{
	uint64_t swap;
	size_t w;

	for (w = 0; w < WORLDS; w++) {
		swap = start->value[w];
		if (swap > end->value[w]) {
			start->value[w] = end->value[w];
			end->value[w] = swap;
		} else if (swap == end->value[w]) {
			start->value[w] = swap ? swap - 4096 : 0;
			end->value[w] = swap ? swap : 4096;
		}
	}
}

static struct sample pick(struct round *r)
{
	unsigned nr = (unsigned)r->nr;
	struct sample s = r->pool[below(2) ? below(nr) : nr - 1 - below(nr < 6 ? nr : 6)];
	size_t w;

	if (below(3))
		return s;
	s.type = r->types[below(3)];
	s.value[0] = cut(r->numbers[below(6)], s.type);
	for (w = 1; w < WORLDS; w++)
		s.value[w] = s.value[0];
	s.term = term_const(r->t, s.value[0], s.type);
	return s;
}

static struct sample convert(struct round *r, struct sample s, struct ctype to)
{
	size_t w;

	for (w = 0; w < WORLDS; w++)
		s.value[w] = converted(s.value[w], s.type, to);
	s.term = term_convert(r->t, s.term, to);
	s.type = to;
	return s;
}

static bool make_operation(struct round *r, struct sample *s)
{
	enum term_op op = r->ops[below(4)];
	bool shift = op == TERM_SHL || op == TERM_LSHR || op == TERM_ASHR;
	bool logic = op == TERM_NOT || op == TERM_LAND || op == TERM_LOR;
	bool compare = op >= TERM_EQ && op <= TERM_SLE;
	struct sample a = pick(r), b = pick(r);
	struct ctype at;
	size_t w;

	if (op == TERM_ZEXT || op == TERM_SEXT || op == TERM_TRUNC)
		return false;
	at = logic ? ctype_bool : r->types[below(3)];
	if (at.kind == CTYPE_BOOL && !logic)
		at = ctype_int;
	if (below(3) && a.type.bits >= 8 && !logic)
		at = a.type;
	a = convert(r, a, at);
	b = shift && b.type.bits >= 8 ? b : convert(r, b, at);
	for (w = 0; w < WORLDS; w++) {
		if (!expected(op, at, a.value[w], b.value[w], &s->value[w]))
			return false;
		s->value[w] = cut(s->value[w], compare || logic ? ctype_bool : at);
	}
	s->type = compare || logic ? ctype_bool : at;
	if (op == TERM_BNOT || op == TERM_NEG || op == TERM_NOT)
		b.term = 0;
	s->term = term_op(r->t, op, a.term, b.term, s->type);
	return true;
}

static void make_choice(struct round *r, struct sample *s)
{
	struct sample c = convert(r, pick(r), ctype_bool), a = pick(r),
		      b = convert(r, pick(r), a.type);
	size_t w;

	s->type = a.type;
	s->term = term_ite(r->t, c.term, a.term, b.term);
	for (w = 0; w < WORLDS; w++)
		s->value[w] = c.value[w] ? a.value[w] : b.value[w];
}

static void make_address(struct round *r, struct sample *s)
{
	struct sample p = convert(r, pick(r), ctype_pointer), i;
	uint64_t offset = below(64), size = 1 + below(40);
	size_t w;

	s->type = ctype_pointer;
	if (below(2)) {
		s->term = term_field(r->t, p.term, "m", offset);
		for (w = 0; w < WORLDS; w++)
			s->value[w] = p.value[w] + offset;
		return;
	}
	i = pick(r);
	s->term = term_element(r->t, p.term, i.term, size);
	i = convert(r, i, types[7]);
	for (w = 0; w < WORLDS; w++)
		s->value[w] = p.value[w] + i.value[w] * size;
}

/* What undoes an operator, or is of its kind. */
static enum term_op related(enum term_op op)
{
	static const enum term_op pairs[][2] = {
		{ TERM_SHL, TERM_LSHR }, { TERM_SHL, TERM_AND },  { TERM_ADD, TERM_SUB },
		{ TERM_AND, TERM_OR },	 { TERM_SUB, TERM_NEG },  { TERM_XOR, TERM_BNOT },
		{ TERM_LAND, TERM_LOR }, { TERM_AND, TERM_LSHR }, { TERM_SUB, TERM_EQ },
		{ TERM_LSHR, TERM_EQ },	 { TERM_AND, TERM_EQ },
		{ TERM_SLT, TERM_SLE },
	};
	size_t i, nr = sizeof(pairs) / sizeof(*pairs), first = below((unsigned)nr);

	for (i = 0; i < nr; i++)
		if (pairs[(i + first) % nr][0] == op || pairs[(i + first) % nr][1] == op)
			return pairs[(i + first) % nr][pairs[(i + first) % nr][0] == op];
	return op;
}

/* number: which; the same round is the same each time. */
static void start_round(struct round *r, unsigned number_of_round)
{
	size_t i;

	seed = number_of_round * UINT64_C(0x9e3779b97f4a7c15);
	memset(r, 0, sizeof(*r));
	r->t = terms_new();
	r->t->page_shift = 12;
	for (i = 0; i < 4; i++)
		r->ops[i] = i && !below(3) ? related(r->ops[0])
					   : TERM_ADD + below(TERM_ITE - TERM_ADD);
	for (i = 0; i < 6; i++)
		r->numbers[i] = number();
	for (i = 0; i < 3; i++)
		r->types[i] = types[below(NR_TYPES)];
	add_leaf(r, "start", ctype_ulong, ~UINT64_C(0xfff));
	add_leaf(r, "end", ctype_ulong, ~UINT64_C(0xfff));
	order_request(&r->pool[0], &r->pool[1]);
	add_leaf(r, "flags", ctype_ulong, UINT64_MAX);
	add_leaf(r, "i", types[5], UINT64_MAX);
	add_leaf(r, "c", types[2], UINT64_MAX);
	add_leaf(r, "w", types[3], UINT64_MAX);
	add_leaf(r, "b", types[0], UINT64_MAX);
	add_leaf(r, "p", ctype_pointer, UINT64_MAX);
	add_global(r, "g", UINT64_C(0xffffffff81000000));
	add_global(r, "h", UINT64_C(0xffffffff82000000));
	r->nr_leaves = r->nr;
}

/* One more, if it has a value in each world; what: its kind, for messages. */
static bool make_sample(struct round *r, struct sample *s, const char **what)
{
	unsigned shape = below(10);

	*what = shape == 0   ? "choice"
		: shape == 1 ? "address"
		: shape == 2 ? "conversion"
			     : "operation";
	if (shape == 0)
		make_choice(r, s);
	else if (shape == 1)
		make_address(r, s);
	else if (shape == 2)
		*s = convert(r, pick(r), r->types[below(3)]);
	else
		return make_operation(r, s);
	return true;
}

#endif
