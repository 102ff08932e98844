// SPDX-License-Identifier: GPL-2.0-only
/* C's operators on terms: conversions, pointer arithmetic, signedness. */
#include "contract/engine.h"

static struct ctype promote(struct ctype a)
{
	if (a.kind == CTYPE_BOOL || (a.kind == CTYPE_INT && a.bits < 32))
		return ctype_int;
	return a;
}

/* The usual arithmetic conversions; long and long long of one width are one type here. */
struct ctype common_type(struct ctype a, struct ctype b)
{
	struct ctype r;

	a = promote(a);
	b = promote(b);
	if (a.kind == CTYPE_POINTER)
		return a;
	if (b.kind == CTYPE_POINTER)
		return b;
	if (a.kind != CTYPE_INT)
		return b;
	if (b.kind != CTYPE_INT)
		return a;
	if (a.bits != b.bits)
		return a.bits > b.bits ? a : b;
	r = a;
	r.is_signed = a.is_signed && b.is_signed;
	return r;
}

static struct ctype type_of(const struct engine *e, term_t a)
{
	return term_at(e->t, a)->type;
}

/* base[index], &base[index], base + index: elements of `size` bytes; unknown sizes are bytes. */
term_t element(struct engine *e, term_t base, term_t index, uint64_t size)
{
	static const struct ctype wide = { .kind = CTYPE_INT, .bits = 64, .is_signed = true };
	struct term b = *term_at(e->t, base);
	int64_t n;

	index = term_convert(e->t, index, wide);
	/* Within an array, where even the first element is no other name of the whole. */
	if (b.op == TERM_ELEMENT && b.value == (size ? size : 1))
		return term_element(e->t, b.a, term_op(e->t, TERM_ADD, term_convert(e->t, b.b, wide), index, wide),
				    b.value);
	if (term_is_const(e->t, index, &n) && !n)
		return base;
	if (size <= 1) {
		struct ctype t = b.type.kind == CTYPE_POINTER ? b.type : e->pointer;

		return term_op(e->t, TERM_ADD, base, term_convert(e->t, index, t), t);
	}
	return term_element(e->t, base, index, size);
}

static bool is_address(struct ctype t)
{
	return t.kind == CTYPE_POINTER || t.kind == CTYPE_ARRAY;
}

static term_t compare(struct engine *e, const char *op, term_t a, term_t b)
{
	struct ctype c = common_type(type_of(e, a), type_of(e, b));
	enum term_op less = c.is_signed && c.kind == CTYPE_INT ? TERM_SLT : TERM_ULT;
	enum term_op most = less == TERM_SLT ? TERM_SLE : TERM_ULE;

	if (c.kind == CTYPE_INT || c.kind == CTYPE_POINTER) {
		a = term_convert(e->t, a, c);
		b = term_convert(e->t, b, c);
	}
	if (!strcmp(op, "=="))
		return term_op(e->t, TERM_EQ, a, b, ctype_bool);
	if (!strcmp(op, "!="))
		return term_not(e->t, term_op(e->t, TERM_EQ, a, b, ctype_bool));
	if (!strcmp(op, "<"))
		return term_op(e->t, less, a, b, ctype_bool);
	if (!strcmp(op, "<="))
		return term_op(e->t, most, a, b, ctype_bool);
	if (!strcmp(op, ">"))
		return term_op(e->t, less, b, a, ctype_bool);
	return term_op(e->t, most, b, a, ctype_bool);
}

static bool is_comparison(const char *op)
{
	return !strcmp(op, "==") || !strcmp(op, "!=") || *op == '<' ? strcmp(op, "<<") != 0
	       : *op == '>' && strcmp(op, ">>") != 0;
}

static enum term_op operator_of(const char *op, bool is_signed)
{
	static const struct { const char *op; enum term_op u, s; } ops[] = {
		{ "+", TERM_ADD, TERM_ADD }, { "-", TERM_SUB, TERM_SUB }, { "*", TERM_MUL, TERM_MUL },
		{ "/", TERM_UDIV, TERM_SDIV }, { "%", TERM_UREM, TERM_SREM }, { "&", TERM_AND, TERM_AND },
		{ "|", TERM_OR, TERM_OR }, { "^", TERM_XOR, TERM_XOR }, { "<<", TERM_SHL, TERM_SHL },
		{ ">>", TERM_LSHR, TERM_ASHR },
	};
	size_t i;

	for (i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		if (!strcmp(ops[i].op, op))
			return is_signed ? ops[i].s : ops[i].u;
	return TERM_NONE;
}

static term_t pointer_difference(struct engine *e, term_t a, term_t b, uint32_t elem, struct ctype type)
{
	struct term x = *term_at(e->t, a), y = *term_at(e->t, b);
	term_t d;

	/* Two elements of one array. */
	if (x.op == TERM_ELEMENT && x.value == elem && (x.a == b || (y.op == TERM_ELEMENT && y.a == x.a && y.value == elem)))
		return term_convert(e->t, x.a == b ? x.b : term_op(e->t, TERM_SUB, x.b, y.b, type_of(e, x.b)), type);
	d = term_op(e->t, TERM_SUB, a, b, e->pointer);
	d = term_convert(e->t, d, type);
	return elem > 1 ? term_op(e->t, TERM_SDIV, d, term_const(e->t, elem, type), type) : d;
}

/* type: of the result as C has it, NONE when it is not known; elem: sizes of what pointers point to. */
term_t binary(struct engine *e, const struct node *n, const char *op, term_t a, term_t b, uint32_t elem_a,
	      uint32_t elem_b, struct ctype type)
{
	struct ctype ta = type_of(e, a), tb = type_of(e, b);
	enum term_op o;

	(void)n;
	if (is_comparison(op)) {
		term_t c = compare(e, op, a, b);

		return term_convert(e->t, c, type.kind == CTYPE_INT ? type : ctype_int);
	}
	if (*op == '-' && is_address(ta) && is_address(tb))
		return pointer_difference(e, a, b, elem_a,
					  type.kind == CTYPE_INT ? type : (struct ctype){ CTYPE_INT, 64, true });
	if (*op == '+' && is_address(ta))
		return element(e, a, b, elem_a);
	if (*op == '+' && is_address(tb))
		return element(e, b, a, elem_b);
	if (*op == '-' && is_address(ta)) {
		int64_t k;

		/* container_of(): the pointer less an offset. */
		if (elem_a <= 1 && term_is_const(e->t, b, &k))
			return term_op(e->t, TERM_SUB, a, term_convert(e->t, b, ta), ta.kind == CTYPE_POINTER ? ta : e->pointer);
		return element(e, a, negate(e, term_convert(e->t, b, (struct ctype){ CTYPE_INT, 64, true }),
					    (struct ctype){ CTYPE_INT, 64, true }), elem_a);
	}
	if (type.kind != CTYPE_INT && type.kind != CTYPE_POINTER)
		type = *op == '<' || *op == '>' ? promote(ta) : common_type(ta, tb);
	if (type.kind != CTYPE_INT && type.kind != CTYPE_POINTER)
		return term_fresh(e->t, "an operator on records", ctype_int);
	a = term_convert(e->t, a, type);
	/* The shift's count has a type of its own; its value is what matters. */
	b = term_convert(e->t, b, type);
	o = operator_of(op, type.is_signed);
	return o == TERM_NONE ? term_fresh(e->t, "an operator that is not known", type) : term_op(e->t, o, a, b, type);
}

/* What a bit-field of that width keeps of a value of its type. */
term_t bit_field(struct engine *e, term_t v, unsigned bits, struct ctype type)
{
	term_t shift;

	if (!bits || bits >= type.bits || !ctype_width(type))
		return v;
	v = term_convert(e->t, v, type);
	if (!type.is_signed)
		return term_op(e->t, TERM_AND, v, term_const(e->t, (1ULL << bits) - 1, type), type);
	shift = term_const(e->t, type.bits - bits, type);
	return term_op(e->t, TERM_ASHR, term_op(e->t, TERM_SHL, v, shift, type), shift, type);
}

term_t negate(struct engine *e, term_t a, struct ctype type)
{
	if (type.kind != CTYPE_INT)
		type = promote(type_of(e, a));
	return term_op(e->t, TERM_NEG, term_convert(e->t, a, type), 0, type);
}
