// SPDX-License-Identifier: GPL-2.0-only
/*
 * Terms as C text for a person.  Only casts that can lose bits are shown, so it is for reading, not
 * for compiling.
 */
#include <string.h>

#include "contract/term_text.h"

enum { MAX_TEXT = 400, MAX_DEPTH = 48 };

static const struct {
	const char *sign;
	int level;
} operators[TERM_OP_NR] = {
	[TERM_ADD] = { "+", LEVEL_SUM },      [TERM_SUB] = { "-", LEVEL_SUM },
	[TERM_MUL] = { "*", LEVEL_PRODUCT },  [TERM_UDIV] = { "/", LEVEL_PRODUCT },
	[TERM_SDIV] = { "/", LEVEL_PRODUCT }, [TERM_UREM] = { "%", LEVEL_PRODUCT },
	[TERM_SREM] = { "%", LEVEL_PRODUCT }, [TERM_AND] = { "&", LEVEL_AND },
	[TERM_OR] = { "|", LEVEL_OR },	      [TERM_XOR] = { "^", LEVEL_XOR },
	[TERM_SHL] = { "<<", LEVEL_SHIFT },   [TERM_LSHR] = { ">>", LEVEL_SHIFT },
	[TERM_ASHR] = { ">>", LEVEL_SHIFT },  [TERM_EQ] = { "==", LEVEL_EQ },
	[TERM_ULT] = { "<", LEVEL_ORDER },    [TERM_ULE] = { "<=", LEVEL_ORDER },
	[TERM_SLT] = { "<", LEVEL_ORDER },    [TERM_SLE] = { "<=", LEVEL_ORDER },
	[TERM_LAND] = { "&&", LEVEL_LAND },   [TERM_LOR] = { "||", LEVEL_LOR },
};

static int level_of(enum term_op op)
{
	return operators[op].level;
}

/* Nothing more is added behind the limit; the caller cuts there. */
bool text_is_full(struct text *x)
{
	if (x->out.len <= MAX_TEXT && x->depth <= MAX_DEPTH)
		return false;
	x->cut = true;
	return true;
}

void text_open(struct text *x, int own, int level)
{
	if (own < level)
		strbuf_adds(&x->out, "(");
}

void text_close(struct text *x, int own, int level)
{
	if (own < level)
		strbuf_adds(&x->out, ")");
}

/* What gcc warns of without parentheses gets them: && in ||, arithmetic in bits or shifts. */
int text_operand_level(enum term_op outer, enum term_op inner, bool right)
{
	int level = level_of(outer) + (right && !op_is_commutative(outer)), in = level_of(inner);

	if (!in || in == level_of(outer))
		return level;
	if (outer == TERM_LOR && inner == TERM_LAND)
		return LEVEL_POSTFIX;
	if (level_of(outer) >= LEVEL_OR && level_of(outer) <= LEVEL_AND)
		return LEVEL_UNARY;
	if (level_of(outer) == LEVEL_SHIFT)
		return LEVEL_UNARY;
	return level;
}

term_t text_uncast(const struct terms *t, term_t a)
{
	while (term_is(t, a, TERM_ZEXT) || term_is(t, a, TERM_SEXT) || term_is(t, a, TERM_TRUNC))
		a = t->items[a].a;
	return a;
}

bool text_is_symbol(const struct terms *t, term_t a, const char *name)
{
	return term_is(t, a, TERM_SYMBOL) && !strcmp(t->items[a].name, name);
}

static bool is_size(const struct terms *t, term_t a)
{
	const struct term *x = term_at(t, a);

	return x->op == TERM_SUB && text_is_symbol(t, x->a, "end") &&
	       text_is_symbol(t, x->b, "start");
}

static bool is_pages(const struct terms *t, term_t a)
{
	const struct term *x = term_at(t, a);
	int64_t shift;

	return x->op == TERM_LSHR && is_size(t, text_uncast(t, x->a)) &&
	       term_is_const(t, x->b, &shift) && shift >= 12 && shift <= 16;
}

/* A constant operand: flags by name, masks as ~small. */
static void print_operand(struct text *x, enum term_op op, term_t a, term_t other, bool right)
{
	const struct term *p = term_at(x->terms, a);
	unsigned width = ctype_width(p->type);
	bool bits = op == TERM_AND || op == TERM_OR || op == TERM_XOR;
	int level = text_operand_level(op, term_at(x->terms, text_uncast(x->terms, a))->op, right);

	if (p->op == TERM_CONST && (bits || (op == TERM_EQ && p->value)) &&
	    text_is_flags(x->terms, other) && text_flags(x, p->value, width, level > LEVEL_OR))
		return;
	if (p->op == TERM_CONST && bits && width > 8 &&
	    ~p->value << (64 - width) >> (64 - width) < p->value) {
		strbuf_adds(&x->out, "~");
		text_number(x, ~p->value & width_mask(width));
		return;
	}
	if (op == TERM_LAND || op == TERM_LOR)
		text_condition(x, a, level);
	else
		text_term(x, a, level);
}

void text_binary(struct text *x, const char *sign, const struct term *p, int level)
{
	enum term_op op = p->op;
	int own = level_of(op);
	term_t a = p->a, b = p->b;

	text_open(x, own, level);
	print_operand(x, op, a, b, false);
	strbuf_addf(&x->out, " %s ", sign);
	print_operand(x, op, b, a, true);
	text_close(x, own, level);
}

/* x + constant that is rather a subtraction. */
static bool print_difference(struct text *x, const struct term *p, int level)
{
	const struct term *c = term_at(x->terms, p->b);
	unsigned width = ctype_width(p->type);

	if (p->op != TERM_ADD || c->op != TERM_CONST || !width || !(c->value >> (width - 1)))
		return false;
	text_open(x, LEVEL_SUM, level);
	text_term(x, p->a, LEVEL_SUM);
	strbuf_adds(&x->out, " - ");
	text_number(x, -c->value & width_mask(width));
	text_close(x, LEVEL_SUM, level);
	return true;
}

static void print_unary(struct text *x, const char *sign, term_t a, int level)
{
	text_open(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, sign);
	/* No "--". */
	text_term(x, a,
		  term_is(x->terms, text_uncast(x->terms, a), TERM_NEG) ? LEVEL_POSTFIX
									: LEVEL_UNARY);
	text_close(x, LEVEL_UNARY, level);
}

static void print_leaf(struct text *x, const struct term *p)
{
	if (p->op == TERM_FRESH)
		strbuf_adds(&x->out, "<");
	text_name(x, p->name);
	if (p->op == TERM_FRESH)
		strbuf_adds(&x->out, ">");
}

static void print_term(struct text *x, term_t a, const struct term *p, int level)
{
	switch (p->op) {
	case TERM_CONST:
		text_constant(x, p, level > LEVEL_UNARY);
		break;
	case TERM_SYMBOL:
	case TERM_FRESH:
		print_leaf(x, p);
		break;
	case TERM_GLOBAL:
	case TERM_LOCAL:
	case TERM_FIELD:
	case TERM_ELEMENT:
		text_address(x, a, level);
		break;
	case TERM_LOAD:
		text_place(x, p->a, level);
		break;
	case TERM_MEMBER:
		text_term(x, p->a, LEVEL_POSTFIX);
		strbuf_adds(&x->out, ".");
		text_name(x, p->name);
		break;
	case TERM_CALL:
		text_call(x, p);
		break;
	case TERM_LIST:
		text_list(x, a);
		break;
	case TERM_BNOT:
		print_unary(x, "~", p->a, level);
		break;
	case TERM_NEG:
		print_unary(x, "-", p->a, level);
		break;
	case TERM_NOT:
		text_not(x, p, level);
		break;
	case TERM_ITE:
		text_choice(x, p, level);
		break;
	case TERM_EQ:
	case TERM_ULT:
	case TERM_ULE:
	case TERM_SLT:
	case TERM_SLE:
		text_compare(x, *p, false, level);
		break;
	case TERM_LAND:
	case TERM_LOR:
		text_junction(x, p, operators[p->op].sign, level);
		break;
	default:
		if (!print_difference(x, p, level))
			text_binary(x, operators[p->op].sign, p, level);
	}
}

/* The narrowest integer that a conversion of something wider goes through, or NULL. */
static const struct term *narrowed(const struct terms *t, term_t a)
{
	unsigned whole = ctype_width(term_at(t, text_uncast(t, a))->type), width;
	const struct term *found = NULL, *x;

	for (; term_is(t, a, TERM_ZEXT) || term_is(t, a, TERM_SEXT) || term_is(t, a, TERM_TRUNC);
	     a = x->a) {
		x = term_at(t, a);
		width = ctype_width(x->type);
		if (x->op == TERM_TRUNC && x->type.kind == CTYPE_INT && width < whole &&
		    (!found || width < ctype_width(found->type)))
			found = x;
	}
	return found;
}

void text_term(struct text *x, term_t a, int level)
{
	const struct term *narrow = narrowed(x->terms, a);

	if (text_is_full(x))
		return;
	x->depth++;
	a = text_uncast(x->terms, a);
	if (narrow) {
		text_open(x, LEVEL_UNARY, level);
		strbuf_addf(&x->out, "(%c%u)", narrow->type.is_signed ? 's' : 'u',
			    ctype_width(narrow->type));
		text_term(x, a, LEVEL_UNARY);
		text_close(x, LEVEL_UNARY, level);
	} else if (is_size(x->terms, a) || is_pages(x->terms, a))
		strbuf_adds(&x->out, is_size(x->terms, a) ? "size" : "pages");
	else if (a)
		print_term(x, a, term_at(x->terms, a), level);
	x->depth--;
}

char *term_text(const struct terms *t, const struct flag_names *flags, term_t a)
{
	struct text x = { .terms = t, .flags = flags };

	strbuf_adds(&x.out, "");
	text_condition(&x, a, LEVEL_COMMA);
	text_cut(&x, MAX_TEXT);
	return strbuf_detach(&x.out);
}
