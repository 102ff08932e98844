// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random terms against plain C arithmetic: whatever a constructor makes of its operands, the term's value
 * is that of the operation, in every one of some worlds.  And term_eval() on its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/term.h"

enum { WORLDS = 8, ROUNDS = 4000, POOL = 80, NR_TYPES = 9 };

static const struct ctype types[NR_TYPES] = {
	{ CTYPE_BOOL, 1, false }, { CTYPE_INT, 8, false }, { CTYPE_INT, 8, true }, { CTYPE_INT, 16, false },
	{ CTYPE_INT, 32, false }, { CTYPE_INT, 32, true }, { CTYPE_INT, 64, false }, { CTYPE_INT, 64, true },
	{ CTYPE_POINTER, 64, false },
};

/* A term and what it is worth in each world. */
struct sample { term_t term; struct ctype type; uint64_t value[WORLDS]; };

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
	case 0:		return v % 16;
	case 1:		return UINT64_C(1) << v % 64;
	case 2:		return (UINT64_C(1) << v % 64) - 1;
	case 3:		return -(v % 4);
	case 4:		return -(UINT64_C(1) << v % 64);
	default:	return v >> below(64);
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
	case TERM_ADD:	*r = x + y; return true;
	case TERM_SUB:	*r = x - y; return true;
	case TERM_MUL:	*r = x * y; return true;
	case TERM_AND:	*r = x & y; return true;
	case TERM_OR:	*r = x | y; return true;
	case TERM_XOR:	*r = x ^ y; return true;
	case TERM_BNOT:	*r = ~x; return true;
	case TERM_NEG:	*r = 0 - x; return true;
	case TERM_UDIV:	*r = y ? x / y : 0; return y;
	case TERM_UREM:	*r = y ? x % y : 0; return y;
	case TERM_SDIV:
	case TERM_SREM:
		if (!sy || (sy == -1 && sx == with_sign(UINT64_C(1) << (c.bits - 1), c.bits)))
			return false;
		*r = (uint64_t)(op == TERM_SDIV ? sx / sy : sx % sy);
		return true;
	case TERM_SHL:	*r = y < c.bits ? x << y : 0; return y < c.bits;
	case TERM_LSHR:	*r = y < c.bits ? x >> y : 0; return y < c.bits;
	case TERM_ASHR:	*r = y < c.bits ? (uint64_t)(sx >> y) : 0; return y < c.bits;
	case TERM_EQ:	*r = x == y; return true;
	case TERM_ULT:	*r = x < y; return true;
	case TERM_ULE:	*r = x <= y; return true;
	case TERM_SLT:	*r = sx < sy; return true;
	case TERM_SLE:	*r = sx <= sy; return true;
	case TERM_LAND:	*r = x && y; return true;
	case TERM_LOR:	*r = x || y; return true;
	case TERM_NOT:	*r = !x; return true;
	default:	return false;
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

static int leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value)
{
	const struct round *r = ctx;
	size_t i;

	(void)t, (void)args, (void)nr;
	for (i = 0; i < r->nr_leaves; i++)
		if (r->pool[i].term == a) {
			*value = r->pool[i].value[r->world];
			return 0;
		}
	return -ENOENT;
}

static void check_sample(struct round *r, const struct sample *s, const char *what)
{
	struct term_world w = { .leaf = leaf, .ctx = r };
	uint64_t value = 0;
	char *text;
	int err;

	assert_true(ctype_equal(term_at(r->t, s->term)->type, s->type));
	for (r->world = 0; r->world < WORLDS; r->world++) {
		err = term_eval(r->t, s->term, &w, &value);
		if (!err && value == s->value[r->world])
			continue;
		text = term_text(r->t, NULL, s->term);
		fail_msg("%s: %s is %#lx, not %#lx (%d)", what, text, (unsigned long)value,
			 (unsigned long)s->value[r->world], err);
	}
}

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
	struct sample c = convert(r, pick(r), ctype_bool), a = pick(r), b = convert(r, pick(r), a.type);
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
		{ TERM_SHL, TERM_LSHR }, { TERM_SHL, TERM_AND }, { TERM_ADD, TERM_SUB }, { TERM_AND, TERM_OR },
		{ TERM_SUB, TERM_NEG }, { TERM_XOR, TERM_BNOT }, { TERM_LAND, TERM_LOR }, { TERM_AND, TERM_LSHR },
		{ TERM_SUB, TERM_EQ }, { TERM_LSHR, TERM_EQ }, { TERM_AND, TERM_EQ }, { TERM_SLT, TERM_SLE },
	};
	size_t i, nr = sizeof(pairs) / sizeof(*pairs), first = below((unsigned)nr);

	for (i = 0; i < nr; i++)
		if (pairs[(i + first) % nr][0] == op || pairs[(i + first) % nr][1] == op)
			return pairs[(i + first) % nr][pairs[(i + first) % nr][0] == op];
	return op;
}

static void start_round(struct round *r)
{
	size_t i;

	memset(r, 0, sizeof(*r));
	r->t = terms_new();
	r->t->page_shift = 12;
	for (i = 0; i < 4; i++)
		r->ops[i] = i && !below(3) ? related(r->ops[0]) : TERM_ADD + below(TERM_ITE - TERM_ADD);
	for (i = 0; i < 6; i++)
		r->numbers[i] = number();
	for (i = 0; i < 3; i++)
		r->types[i] = types[below(NR_TYPES)];
	add_leaf(r, "start", ctype_ulong, ~UINT64_C(0xfff));
	add_leaf(r, "end", ctype_ulong, ~UINT64_C(0xfff));
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

static void random_terms_keep_their_value(void **state)
{
	struct round r;
	struct sample s;
	unsigned round, shape, nr = 0;
	size_t tries;
	const char *what;

	(void)state;
	for (round = 1; round <= ROUNDS; round++) {
		seed = round * UINT64_C(0x9e3779b97f4a7c15);
		start_round(&r);
		for (tries = 0; tries < 400 && r.nr < POOL; tries++) {
			shape = below(10);
			what = shape == 0 ? "choice" : shape == 1 ? "address" : shape == 2 ? "conversion"
											   : "operation";
			if (shape == 0)
				make_choice(&r, &s);
			else if (shape == 1)
				make_address(&r, &s);
			else if (shape == 2)
				s = convert(&r, pick(&r), r.types[below(3)]);
			else if (!make_operation(&r, &s))
				continue;
			check_sample(&r, &s, what);
			r.pool[r.nr++] = s;
			nr++;
		}
		terms_free(r.t);
	}
	assert_true(nr > ROUNDS * 50);
}

/* Who was asked, in which order. */
struct log { struct strbuf text; };

static int ask(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value)
{
	struct log *l = ctx;
	const struct term *x = term_at(t, a);
	size_t i;

	strbuf_addf(&l->text, "%s(", x->name ? x->name : x->op == TERM_LOAD ? "*" : "call");
	for (i = 0; i < nr; i++)
		strbuf_addf(&l->text, "%s%lu", i ? "," : "", (unsigned long)args[i]);
	strbuf_adds(&l->text, ")");
	*value = x->op == TERM_LOAD ? args[0] + 1 : x->op == TERM_CALL ? 100 + nr : (uint64_t)x->name[0];
	return x->name && !strcmp(x->name, "bad") ? -EFAULT : 0;
}

static void asks(struct terms *t, term_t a, int64_t want, const char *who)
{
	struct log l = { { 0 } };
	struct term_world w = { .leaf = ask, .ctx = &l };
	uint64_t value = 0;
	int err = term_eval(t, a, &w, &value);

	strbuf_adds(&l.text, "");
	assert_int_equal(err ? err : (int64_t)value, want);
	assert_string_equal(l.text.s, who);
	strbuf_free(&l.text);
}

static void leaves_are_asked_once_and_only_if_needed(void **state)
{
	struct terms *t = terms_new();
	struct ctype u = ctype_ulong;
	term_t x = term_symbol(t, "x", u), y = term_symbol(t, "y", u), bad = term_symbol(t, "bad", u);
	term_t yes = term_op(t, TERM_ULT, x, y, ctype_bool), args[2] = { y, x }, load, oops;

	(void)state;
	asks(t, term_op(t, TERM_MUL, term_op(t, TERM_ADD, x, y, u), x, u), ('x' + 'y') * 'x', "x()y()");
	load = term_load(t, term_field(t, x, "f", 8), 0, u);
	asks(t, load, 'x' + 9, "x()*(128)");
	asks(t, term_call(t, "f", 0, args, 2, 1, u), 102, "y()x()f(121,120)");
	asks(t, term_call(t, NULL, load, args, 2, 1, u), 103, "x()*(128)y()call(129,121,120)");
	asks(t, bad, -EFAULT, "bad()");
	asks(t, term_ite(t, yes, x, bad), 'x', "x()y()");
	asks(t, term_ite(t, yes, bad, x), -EFAULT, "x()y()bad()");
	oops = term_op(t, TERM_EQ, bad, x, ctype_bool);
	asks(t, term_op(t, TERM_LOR, oops, yes, ctype_bool), 1, "x()y()");
	asks(t, term_op(t, TERM_LAND, oops, yes, ctype_bool), -EFAULT, "x()y()bad()");
	asks(t, term_op(t, TERM_UDIV, x, term_op(t, TERM_AND, y, term_const(t, 2, u), u), u), -EDOM, "x()y()");
	terms_free(t);
}

static void shared_and_deep_terms_take_no_time(void **state)
{
	struct terms *t = terms_new();
	term_t x = term_symbol(t, "x", ctype_ulong), a = x;
	int i;

	(void)state;
	for (i = 0; i < 50000; i++)
		a = term_op(t, TERM_MUL, a, term_op(t, TERM_BNOT, a, 0, ctype_ulong), ctype_ulong);
	asks(t, term_op(t, TERM_AND, a, term_const(t, 1, ctype_ulong), ctype_ulong), 0, "x()");
	terms_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_terms_keep_their_value),
		cmocka_unit_test(leaves_are_asked_once_and_only_if_needed),
		cmocka_unit_test(shared_and_deep_terms_take_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
