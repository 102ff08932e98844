// SPDX-License-Identifier: GPL-2.0-only
/*
 * Terms for Z3.  A LOAD, CALL, MEMBER or FRESH is a constant of its own: equal ones are one term
 * already. Reads at addresses that are equal but written differently, and pure calls of arguments
 * that are, could so differ here; that makes more feasible than is, never less.  Uninterpreted
 * functions of the operands would know better, at a price: opaque() is the place for them.
 */
#include <stdlib.h>
#include <string.h>

#include "contract/smt_internal.h"
#include "contract/term_internal.h"

/* Objects do not reach into the last bytes of the address space, where errors live (IS_ERR()). */
enum { TOP_OF_MEMORY = 0x10000 };

static Z3_sort sort_of_width(struct smt *s, unsigned width)
{
	if (width == 1)
		return Z3_mk_bool_sort(s->z3);
	if (width)
		return Z3_mk_bv_sort(s->z3, width);
	return Z3_mk_uninterpreted_sort(s->z3, Z3_mk_string_symbol(s->z3, "record"));
}

static unsigned width_of(const struct smt *s, term_t a)
{
	return a ? term_width(s->t, a) : 0;
}

Z3_ast smt_number(struct smt *s, uint64_t value, unsigned width)
{
	return Z3_mk_unsigned_int64(s->z3, value, Z3_mk_bv_sort(s->z3, width));
}

/*
 * The sort is part of the name: Z3 tells constants of a name apart by it, but its messages do not.
 */
Z3_ast smt_symbol(struct smt *s, const char *name, unsigned width)
{
	char *full;
	Z3_ast c;

	if (width == s->t->pointer_bits && (!strcmp(name, "start") || !strcmp(name, "end")))
		return strcmp(name, "end") ? s->start : s->end;
	full = xasprintf("%s:%u", name, width);
	c = Z3_mk_const(s->z3, Z3_mk_string_symbol(s->z3, full), sort_of_width(s, width));
	free(full);
	return c;
}

void smt_assert_fact(struct smt *s, Z3_ast fact)
{
	*vec_push(&s->facts) = fact;
	Z3_solver_assert(s->z3, s->solver, fact);
}

/* Of which nothing is known but that the same term has the same value. */
static Z3_ast opaque(struct smt *s, term_t a)
{
	return Z3_mk_const(s->z3, Z3_mk_int_symbol(s->z3, (int)(a & 0x3fffffff)),
			   sort_of_width(s, width_of(s, a)));
}

/* The address of a variable: not NULL, no error pointer, no other variable's. */
static Z3_ast object(struct smt *s, term_t a)
{
	unsigned width = width_of(s, a);
	Z3_ast c = opaque(s, a), pair[2] = { c, NULL }, *other;

	smt_assert_fact(s, Z3_mk_not(s->z3, Z3_mk_eq(s->z3, c, smt_number(s, 0, width))));
	smt_assert_fact(
		s, Z3_mk_bvult(s->z3, c,
			       smt_number(s, -(uint64_t)TOP_OF_MEMORY & width_mask(width), width)));
	vec_each(other, &s->objects) {
		pair[1] = *other;
		if (Z3_is_eq_sort(s->z3, Z3_get_sort(s->z3, c), Z3_get_sort(s->z3, *other)))
			smt_assert_fact(s, Z3_mk_distinct(s->z3, 2, pair));
	}
	*vec_push(&s->objects) = c;
	return c;
}

static Z3_ast constant(struct smt *s, term_t a, const struct term *x)
{
	unsigned width = ctype_width(x->type);

	if (width == 1)
		return x->value ? Z3_mk_true(s->z3) : Z3_mk_false(s->z3);
	return width ? smt_number(s, x->value, width) : opaque(s, a);
}

static Z3_ast address(struct smt *s, term_t a, const struct term *x)
{
	unsigned width = ctype_width(x->type);
	Z3_ast offset = smt_number(s, x->value, width);

	if (width_of(s, x->a) != width || (x->op == TERM_ELEMENT && width_of(s, x->b) != width))
		return opaque(s, a);
	if (x->op == TERM_ELEMENT)
		offset = Z3_mk_bvmul(s->z3, s->asts[x->b], offset);
	return Z3_mk_bvadd(s->z3, s->asts[x->a], offset);
}

/* The result where C defines it, else anything. */
static Z3_ast where_defined(struct smt *s, term_t a, Z3_ast defined, Z3_ast result)
{
	return Z3_mk_ite(s->z3, defined, result, opaque(s, a));
}

static Z3_ast shift(struct smt *s, term_t a, const struct term *x)
{
	unsigned width = ctype_width(x->type), width_b = width_of(s, x->b);
	const struct term *b = term_at(s->t, x->b);
	Z3_ast value = s->asts[x->a], amount = s->asts[x->b], defined, result;

	if (width_of(s, x->a) != width || width_b < 2)
		return opaque(s, a);
	defined = Z3_mk_bvult(s->z3, amount, smt_number(s, width, width_b));
	if (width_b < width)
		amount = Z3_mk_zero_ext(s->z3, width - width_b, amount);
	else if (width_b > width)
		amount = Z3_mk_extract(s->z3, width - 1, 0, amount);
	result = x->op == TERM_SHL    ? Z3_mk_bvshl(s->z3, value, amount)
		 : x->op == TERM_LSHR ? Z3_mk_bvlshr(s->z3, value, amount)
				      : Z3_mk_bvashr(s->z3, value, amount);
	if (b->op == TERM_CONST && b->value < width)
		return result;
	return where_defined(s, a, defined, result);
}

static Z3_ast divide(struct smt *s, term_t a, const struct term *x)
{
	const struct term *d = term_at(s->t, x->b);
	Z3_ast n = s->asts[x->a], by = s->asts[x->b], result;

	result = x->op == TERM_UDIV   ? Z3_mk_bvudiv(s->z3, n, by)
		 : x->op == TERM_UREM ? Z3_mk_bvurem(s->z3, n, by)
		 : x->op == TERM_SDIV ? Z3_mk_bvsdiv(s->z3, n, by)
				      : Z3_mk_bvsrem(s->z3, n, by);
	if (d->op == TERM_CONST && d->value)
		return result;
	return where_defined(
		s, a, Z3_mk_not(s->z3, Z3_mk_eq(s->z3, by, smt_number(s, 0, width_of(s, x->b)))),
		result);
}

static Z3_ast arithmetic(struct smt *s, term_t a, const struct term *x)
{
	unsigned width = ctype_width(x->type);
	Z3_ast l = s->asts[x->a], r = s->asts[x->b];

	if (width < 2 || width_of(s, x->a) != width || (x->b && width_of(s, x->b) != width))
		return opaque(s, a);
	switch (x->op) {
	case TERM_ADD:
		return Z3_mk_bvadd(s->z3, l, r);
	case TERM_SUB:
		return Z3_mk_bvsub(s->z3, l, r);
	case TERM_MUL:
		return Z3_mk_bvmul(s->z3, l, r);
	case TERM_AND:
		return Z3_mk_bvand(s->z3, l, r);
	case TERM_OR:
		return Z3_mk_bvor(s->z3, l, r);
	case TERM_XOR:
		return Z3_mk_bvxor(s->z3, l, r);
	case TERM_BNOT:
		return Z3_mk_bvnot(s->z3, l);
	case TERM_NEG:
		return Z3_mk_bvneg(s->z3, l);
	default:
		return divide(s, a, x);
	}
}

static Z3_ast extension(struct smt *s, term_t a, const struct term *x)
{
	unsigned width = ctype_width(x->type), from = width_of(s, x->a);
	Z3_ast v = s->asts[x->a];

	if (!width || !from)
		return opaque(s, a);
	if (from == width)
		return v;
	if (from == 1)
		return Z3_mk_ite(s->z3, v, smt_number(s, 1, width), smt_number(s, 0, width));
	if (width == 1)
		return Z3_mk_eq(s->z3, Z3_mk_extract(s->z3, 0, 0, v), smt_number(s, 1, 1));
	if (width < from)
		return Z3_mk_extract(s->z3, width - 1, 0, v);
	return x->op == TERM_SEXT ? Z3_mk_sign_ext(s->z3, width - from, v)
				  : Z3_mk_zero_ext(s->z3, width - from, v);
}

static Z3_ast comparison(struct smt *s, term_t a, const struct term *x)
{
	unsigned width = width_of(s, x->a);
	Z3_ast l = s->asts[x->a], r = s->asts[x->b];

	if (width != width_of(s, x->b) || (width < 2 && x->op != TERM_EQ))
		return opaque(s, a);
	switch (x->op) {
	case TERM_EQ:
		return Z3_mk_eq(s->z3, l, r);
	case TERM_ULT:
		return Z3_mk_bvult(s->z3, l, r);
	case TERM_ULE:
		return Z3_mk_bvule(s->z3, l, r);
	case TERM_SLT:
		return Z3_mk_bvslt(s->z3, l, r);
	default:
		return Z3_mk_bvsle(s->z3, l, r);
	}
}

static Z3_ast logic(struct smt *s, term_t a, const struct term *x)
{
	Z3_ast pair[2] = { s->asts[x->a], x->b ? s->asts[x->b] : NULL };

	if (width_of(s, x->a) != 1 || (x->b && x->op != TERM_ITE && width_of(s, x->b) != 1))
		return opaque(s, a);
	switch (x->op) {
	case TERM_NOT:
		return Z3_mk_not(s->z3, pair[0]);
	case TERM_LAND:
		return Z3_mk_and(s->z3, 2, pair);
	case TERM_LOR:
		return Z3_mk_or(s->z3, 2, pair);
	default:
		if (width_of(s, x->b) != width_of(s, x->c))
			return opaque(s, a);
		return Z3_mk_ite(s->z3, pair[0], pair[1], s->asts[x->c]);
	}
}

/* Operands are there. */
static Z3_ast translate(struct smt *s, term_t a, const struct term *x)
{
	switch (x->op) {
	case TERM_CONST:
		return constant(s, a, x);
	case TERM_SYMBOL:
		return smt_symbol(s, x->name, ctype_width(x->type));
	case TERM_GLOBAL:
	case TERM_LOCAL:
		return object(s, a);
	case TERM_FIELD:
	case TERM_ELEMENT:
		return address(s, a, x);
	case TERM_ZEXT:
	case TERM_SEXT:
	case TERM_TRUNC:
		return extension(s, a, x);
	case TERM_EQ:
	case TERM_ULT:
	case TERM_ULE:
	case TERM_SLT:
	case TERM_SLE:
		return comparison(s, a, x);
	case TERM_NOT:
	case TERM_LAND:
	case TERM_LOR:
	case TERM_ITE:
		return logic(s, a, x);
	case TERM_SHL:
	case TERM_LSHR:
	case TERM_ASHR:
		return shift(s, a, x);
	case TERM_NONE:
	case TERM_LIST:
	case TERM_FRESH:
	case TERM_LOAD:
	case TERM_MEMBER:
	case TERM_CALL:
		return opaque(s, a);
	default:
		return arithmetic(s, a, x);
	}
}

/* What is inside of them is not translated. */
static bool is_leaf(enum term_op op)
{
	return op == TERM_LOAD || op == TERM_MEMBER || op == TERM_CALL || op == TERM_LIST;
}

/* The store may have grown. */
static void follow_store(struct smt *s)
{
	size_t nr = s->t->cap;

	if (s->nr_asts >= s->t->nr)
		return;
	s->asts = xrealloc(s->asts, nr, sizeof(*s->asts));
	s->seen = xrealloc(s->seen, nr, sizeof(*s->seen));
	for (; s->nr_asts < nr; s->nr_asts++) {
		s->asts[s->nr_asts] = NULL;
		s->seen[s->nr_asts] = 0;
	}
}

static unsigned long weight(const struct smt *s, const struct term *x)
{
	bool constant = term_is(s->t, x->a, TERM_CONST) || term_is(s->t, x->b, TERM_CONST);

	switch (x->op) {
	case TERM_MUL:
	case TERM_ELEMENT:
		return constant ? 8 : 64;
	case TERM_UDIV:
	case TERM_SDIV:
	case TERM_UREM:
	case TERM_SREM:
		return 128;
	case TERM_SHL:
	case TERM_LSHR:
	case TERM_ASHR:
		return constant ? 1 : 6;
	default:
		return 1;
	}
}

unsigned long smt_weight(struct smt *s, const term_t *conditions, size_t nr)
{
	const struct term *x;
	unsigned long sum = 0;
	term_t a;
	size_t i;

	follow_store(s);
	s->question++;
	s->stack.nr = 0;
	for (i = 0; i < nr; i++)
		*vec_push(&s->stack) = conditions[i];
	while (s->stack.nr) {
		a = s->stack.items[--s->stack.nr];
		if (!a || s->seen[a] == s->question)
			continue;
		s->seen[a] = s->question;
		x = term_at(s->t, a);
		sum += weight(s, x);
		if (is_leaf(x->op))
			continue;
		*vec_push(&s->stack) = x->a;
		*vec_push(&s->stack) = x->b;
		*vec_push(&s->stack) = x->c;
	}
	return sum;
}

static bool push_missing(struct smt *s, term_t operand)
{
	if (!operand || s->asts[operand])
		return false;
	*vec_push(&s->stack) = operand;
	return true;
}

Z3_ast smt_term(struct smt *s, term_t a)
{
	const struct term *x;
	term_t top;

	follow_store(s);
	s->stack.nr = 0;
	push_missing(s, a);
	while (s->stack.nr && !s->is_broken) {
		top = s->stack.items[s->stack.nr - 1];
		x = term_at(s->t, top);
		if (!is_leaf(x->op) &&
		    (push_missing(s, x->a) | push_missing(s, x->b) | push_missing(s, x->c)))
			continue;
		s->stack.nr--;
		if (!s->asts[top])
			s->asts[top] = translate(s, top, x);
		s->is_broken = !s->asts[top];
	}
	return s->is_broken ? NULL : s->asts[a];
}
