// SPDX-License-Identifier: GPL-2.0-only
/* Conditions in the text of a term, as C programs write them. */
#include "contract/term_text.h"

enum { MAX_OPERANDS = 16 };		/* of a chain of && or || that are put in order */

/* Does something of the request come in it?  That side goes to the left of a comparison. */
static bool asks_request(const struct terms *t, term_t a, unsigned *budget)
{
	static const char *const names[] = { "start", "end", "pgoff", "flags", "prot" };
	const struct term *x = term_at(t, a);
	size_t i;

	if (!a || !*budget)
		return false;
	--*budget;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (text_is_symbol(t, a, names[i]))
			return true;
	return asks_request(t, x->a, budget) || asks_request(t, x->b, budget) ||
	       asks_request(t, x->c, budget);
}

static bool reads_better_swapped(const struct terms *t, term_t a, term_t b)
{
	unsigned budget_a = 64, budget_b = 64;

	if (term_is(t, a, TERM_CONST) || term_is(t, b, TERM_CONST))
		return term_is(t, a, TERM_CONST);
	return !asks_request(t, a, &budget_a) && asks_request(t, b, &budget_b);
}

/* x >= (unsigned long)-4095 */
static bool print_is_err(struct text *x, const struct term *p, bool negated, int level)
{
	const struct term *a = term_at(x->terms, p->a), *b = term_at(x->terms, p->b);
	unsigned width = ctype_width(a->type);
	bool less = p->op == TERM_ULT && b->op == TERM_CONST &&
		    b->value == (-UINT64_C(4095) & width_mask(width));

	if (width < 32 || (!less && (p->op != TERM_ULE || a->op != TERM_CONST ||
				     a->value != (-UINT64_C(4095) & width_mask(width)))))
		return false;
	if (less != negated) {
		text_open(x, LEVEL_UNARY, level);
		strbuf_adds(&x->out, "!");
	}
	strbuf_adds(&x->out, "IS_ERR(");
	text_term(x, less ? p->a : p->b, LEVEL_CHOICE);
	strbuf_adds(&x->out, ")");
	if (less != negated)
		text_close(x, LEVEL_UNARY, level);
	return true;
}

/* A comparison or its opposite. */
void text_compare(struct text *x, struct term p, bool negated, int level)
{
	bool less = p.op == TERM_ULT || p.op == TERM_SLT;
	const char *sign = less ? "<" : "<=";
	term_t a = p.a;

	if (print_is_err(x, &p, negated, level))
		return;
	if (p.op == TERM_EQ) {
		sign = negated ? "!=" : "==";
	} else if (reads_better_swapped(x->terms, p.a, p.b)) {
		sign = less ? ">" : ">=";
		p.a = p.b;
		p.b = a;
	}
	text_binary(x, sign, &p, level);
}

/*
 * The value of a scalar as a condition: x for x != 0 where C programs write so, of pointers and
 * masks.
 */
static bool print_zero_test(struct text *x, const struct term *p, bool negated, int level)
{
	const struct terms *t = x->terms;
	term_t a = p->a;
	int64_t zero;
	bool condition;

	if (p->op != TERM_EQ || !term_is_const(t, p->b, &zero) || zero)
		return false;
	condition = t->items[a].type.kind == CTYPE_POINTER || term_is(t, a, TERM_AND);
	if (!condition)
		return false;
	if (negated) { /* a mask among && and || is in parentheses, as people write it */
		text_term(x, a,
			  level > LEVEL_CHOICE && term_is(t, a, TERM_AND) ? LEVEL_POSTFIX : level);
		return true;
	}
	text_open(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, "!");
	text_term(x, a, LEVEL_UNARY);
	text_close(x, LEVEL_UNARY, level);
	return true;
}

void text_condition(struct text *x, term_t a, int level)
{
	const struct term *p = term_at(x->terms, a);
	const struct term *inner = term_at(x->terms, p->a);
	bool negated = p->op == TERM_NOT && inner->op == TERM_EQ;

	if (!print_zero_test(x, negated ? inner : p, negated, level))
		text_term(x, a, level);
}

/*
 * When something was looked at: the last place or call in it, which have their terms since then.  0: nothing but
 * the request.
 */
static term_t looked_at(const struct terms *t, term_t a, unsigned *budget)
{
	const struct term *x = term_at(t, a);
	term_t key, other;

	if (!a || !*budget)
		return 0;
	--*budget;
	if (x->op == TERM_LOAD || x->op == TERM_CALL || x->op == TERM_MEMBER || x->op == TERM_FRESH)
		return a;
	key = looked_at(t, x->a, budget);
	other = looked_at(t, x->b, budget);
	if (other > key)
		key = other;
	other = looked_at(t, x->c, budget);
	return other > key ? other : key;
}

static bool has_constant(const struct terms *t, term_t a)
{
	const struct term *x = term_at(t, term_is(t, a, TERM_NOT) ? t->items[a].a : a);

	return term_is(t, x->a, TERM_CONST) || term_is(t, x->b, TERM_CONST);
}

struct operands { struct { term_t term; uint64_t key; } items[MAX_OPERANDS]; size_t nr; };

/* Those of a chain of one operator, sorted.  false: too many. */
static bool collect(const struct terms *t, enum term_op op, term_t a, struct operands *o, unsigned depth)
{
	unsigned budget = 64;
	uint64_t key;
	size_t i;

	if (depth > MAX_OPERANDS || o->nr == MAX_OPERANDS)
		return false;
	if (term_is(t, a, op))
		return collect(t, op, t->items[a].a, o, depth + 1) && collect(t, op, t->items[a].b, o, depth + 1);
	/* Of two about the same place, the one with a number first: p && p->a != x. */
	key = (uint64_t)looked_at(t, a, &budget) << 1;
	if (key)
		key |= !has_constant(t, a);
	else if (o->nr)			/* it stays where it is */
		key = o->items[o->nr - 1].key;
	for (i = o->nr++; i && o->items[i - 1].key > key; i--)
		o->items[i] = o->items[i - 1];
	o->items[i].term = a;
	o->items[i].key = key;
	return true;
}

void text_junction(struct text *x, const struct term *p, const char *sign, int level)
{
	int own = p->op == TERM_LAND ? LEVEL_LAND : LEVEL_LOR;
	struct operands o = { .nr = 0 };
	size_t i;

	if (!collect(x->terms, p->op, p->a, &o, 0) || !collect(x->terms, p->op, p->b, &o, 0)) {
		text_binary(x, sign, p, level);
		return;
	}
	text_open(x, own, level);
	for (i = 0; i < o.nr; i++) {
		if (i)
			strbuf_addf(&x->out, " %s ", sign);
		text_condition(x, o.items[i].term,
			       text_operand_level(p->op, term_at(x->terms, o.items[i].term)->op, false));
	}
	text_close(x, own, level);
}

void text_not(struct text *x, const struct term *p, int level)
{
	const struct term *inner = term_at(x->terms, p->a);

	if (inner->op == TERM_EQ) {
		text_compare(x, *inner, true, level);
		return;
	}
	text_open(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, "!");
	text_condition(x, p->a, LEVEL_UNARY);
	text_close(x, LEVEL_UNARY, level);
}

void text_choice(struct text *x, const struct term *p, int level)
{
	text_open(x, LEVEL_CHOICE, level);
	text_condition(x, p->a, LEVEL_LOR);
	strbuf_adds(&x->out, " ? ");
	text_term(x, p->b, LEVEL_CHOICE + 1);
	strbuf_adds(&x->out, " : ");
	text_term(x, p->c, LEVEL_CHOICE);
	text_close(x, LEVEL_CHOICE, level);
}
