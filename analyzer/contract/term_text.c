// SPDX-License-Identifier: GPL-2.0-only
/* Terms as C text for a person.  Casts are left out, so it is for reading, not for compiling. */
#include <inttypes.h>
#include <string.h>

#include "contract/term_text.h"

enum { MAX_TEXT = 400, MAX_DEPTH = 48 };

/* Precedence of C's operators, higher binds closer. */
enum {
	LEVEL_COMMA, LEVEL_CHOICE, LEVEL_LOR, LEVEL_LAND, LEVEL_OR, LEVEL_XOR, LEVEL_AND, LEVEL_EQ, LEVEL_ORDER,
	LEVEL_SHIFT, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_UNARY, LEVEL_POSTFIX,
};

static const struct { const char *sign; int level; } operators[TERM_OP_NR] = {
	[TERM_ADD] = { "+", LEVEL_SUM }, [TERM_SUB] = { "-", LEVEL_SUM },
	[TERM_MUL] = { "*", LEVEL_PRODUCT }, [TERM_UDIV] = { "/", LEVEL_PRODUCT },
	[TERM_SDIV] = { "/", LEVEL_PRODUCT }, [TERM_UREM] = { "%", LEVEL_PRODUCT },
	[TERM_SREM] = { "%", LEVEL_PRODUCT }, [TERM_AND] = { "&", LEVEL_AND },
	[TERM_OR] = { "|", LEVEL_OR }, [TERM_XOR] = { "^", LEVEL_XOR },
	[TERM_SHL] = { "<<", LEVEL_SHIFT }, [TERM_LSHR] = { ">>", LEVEL_SHIFT },
	[TERM_ASHR] = { ">>", LEVEL_SHIFT }, [TERM_EQ] = { "==", LEVEL_EQ },
	[TERM_ULT] = { "<", LEVEL_ORDER }, [TERM_ULE] = { "<=", LEVEL_ORDER },
	[TERM_SLT] = { "<", LEVEL_ORDER }, [TERM_SLE] = { "<=", LEVEL_ORDER },
	[TERM_LAND] = { "&&", LEVEL_LAND }, [TERM_LOR] = { "||", LEVEL_LOR },
};

static void print(struct text *x, term_t a, int level);
static void print_condition(struct text *x, term_t a, int level);

/* Nothing more is added behind the limit; the caller cuts there. */
static bool is_full(const struct text *x)
{
	return x->out.len > MAX_TEXT || x->depth > MAX_DEPTH;
}

static void open_level(struct text *x, int own, int level)
{
	if (own < level)
		strbuf_adds(&x->out, "(");
}

static void close_level(struct text *x, int own, int level)
{
	if (own < level)
		strbuf_adds(&x->out, ")");
}

/* What gcc warns of without parentheses gets them: && in ||, arithmetic in bits or shifts. */
static int operand_level(enum term_op outer, enum term_op inner, bool right)
{
	int level = operators[outer].level + (right && !op_is_commutative(outer)), in = operators[inner].level;

	if (!in || in == operators[outer].level)
		return level;
	if (outer == TERM_LOR && inner == TERM_LAND)
		return LEVEL_POSTFIX;
	if (operators[outer].level >= LEVEL_OR && operators[outer].level <= LEVEL_AND)
		return LEVEL_UNARY;
	if (operators[outer].level == LEVEL_SHIFT)
		return LEVEL_UNARY;
	return level;
}

static term_t uncast(const struct terms *t, term_t a)
{
	while (term_is(t, a, TERM_ZEXT) || term_is(t, a, TERM_SEXT) || term_is(t, a, TERM_TRUNC))
		a = t->items[a].a;
	return a;
}

static bool is_symbol(const struct terms *t, term_t a, const char *name)
{
	return term_is(t, a, TERM_SYMBOL) && !strcmp(t->items[a].name, name);
}

static bool is_size(const struct terms *t, term_t a)
{
	const struct term *x = term_at(t, a);

	return x->op == TERM_SUB && is_symbol(t, x->a, "end") && is_symbol(t, x->b, "start");
}

static bool is_pages(const struct terms *t, term_t a)
{
	const struct term *x = term_at(t, a);
	int64_t shift;

	return x->op == TERM_LSHR && is_size(t, uncast(t, x->a)) && term_is_const(t, x->b, &shift) &&
	       shift >= 12 && shift <= 16;
}

static void print_list(struct text *x, term_t list)
{
	while (list && !is_full(x)) {
		print(x, x->terms->items[list].a, LEVEL_CHOICE);
		list = x->terms->items[list].b;
		if (list)
			strbuf_adds(&x->out, ", ");
	}
}

/* The address of something that has a name; anything else is a pointer's value. */
static bool is_place(const struct terms *t, term_t a)
{
	enum term_op op = t->items[a].op;

	return op == TERM_GLOBAL || op == TERM_LOCAL || op == TERM_FIELD || op == TERM_ELEMENT;
}

/* The object at an address. */
static void print_place(struct text *x, term_t address, int level)
{
	const struct terms *t = x->terms;
	const struct term *p = term_at(t, address);
	bool nameless = p->op == TERM_FIELD && (!p->name || !*p->name);

	if (is_full(x))
		return;
	x->depth++;
	if (nameless && is_place(t, p->a)) {	/* an anonymous struct or union */
		print_place(x, p->a, level);
	} else if (p->op == TERM_GLOBAL || p->op == TERM_LOCAL) {
		text_name(x, p->name);
	} else if (p->op == TERM_FIELD && !nameless) {
		term_t base = p->a;

		while (term_is(t, base, TERM_FIELD) && (!t->items[base].name || !*t->items[base].name))
			base = t->items[base].a;
		if (is_place(t, base))
			print_place(x, base, LEVEL_POSTFIX);
		else
			print(x, base, LEVEL_POSTFIX);
		strbuf_adds(&x->out, is_place(t, base) ? "." : "->");
		text_name(x, p->name);
	} else if (p->op == TERM_ELEMENT) {
		if (is_place(t, p->a))
			print_place(x, p->a, LEVEL_POSTFIX);
		else
			print(x, p->a, LEVEL_POSTFIX);
		strbuf_adds(&x->out, "[");
		print(x, p->b, LEVEL_CHOICE);
		strbuf_adds(&x->out, "]");
	} else {
		open_level(x, LEVEL_UNARY, level);
		strbuf_adds(&x->out, "*");
		print(x, nameless ? p->a : address, LEVEL_UNARY);
		close_level(x, LEVEL_UNARY, level);
	}
	x->depth--;
}

static void print_address(struct text *x, term_t a, int level)
{
	const char *name = x->terms->items[a].name;

	if (name && *name == '"') {		/* a string */
		text_name(x, name);
		return;
	}
	open_level(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, "&");
	print_place(x, a, LEVEL_UNARY);
	close_level(x, LEVEL_UNARY, level);
}

static void print_call(struct text *x, const struct term *p)
{
	if (p->name)
		text_name(x, p->name);
	else if (is_place(x->terms, p->a))
		print_place(x, p->a, LEVEL_POSTFIX);
	else
		print(x, p->a, LEVEL_POSTFIX);
	strbuf_adds(&x->out, "(");
	print_list(x, p->b);
	strbuf_adds(&x->out, ")");
}

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
		if (is_symbol(t, a, names[i]))
			return true;
	return asks_request(t, x->a, budget) || asks_request(t, x->b, budget) || asks_request(t, x->c, budget);
}

static bool reads_better_swapped(const struct terms *t, term_t a, term_t b)
{
	unsigned budget_a = 64, budget_b = 64;

	if (term_is(t, a, TERM_CONST) || term_is(t, b, TERM_CONST))
		return term_is(t, a, TERM_CONST);
	return !asks_request(t, a, &budget_a) && asks_request(t, b, &budget_b);
}

/* A constant operand: flags by name, masks as ~small. */
static void print_operand(struct text *x, enum term_op op, term_t a, term_t other, bool right)
{
	const struct term *p = term_at(x->terms, a);
	unsigned width = ctype_width(p->type);
	bool bits = op == TERM_AND || op == TERM_OR || op == TERM_XOR;
	int level = operand_level(op, term_at(x->terms, uncast(x->terms, a))->op, right);

	if (p->op == TERM_CONST && (bits || (op == TERM_EQ && p->value)) && text_is_flags(x->terms, other) &&
	    text_flags(x, p->value, width, level > LEVEL_OR))
		return;
	if (p->op == TERM_CONST && bits && width > 8 && ~p->value << (64 - width) >> (64 - width) < p->value) {
		strbuf_adds(&x->out, "~");
		text_number(x, ~p->value & width_mask(width));
		return;
	}
	if (op == TERM_LAND || op == TERM_LOR)
		print_condition(x, a, level);
	else
		print(x, a, level);
}

static void print_binary(struct text *x, const char *sign, const struct term *p, int level)
{
	enum term_op op = p->op;
	int own = operators[op].level;
	term_t a = p->a, b = p->b;

	open_level(x, own, level);
	print_operand(x, op, a, b, false);
	strbuf_addf(&x->out, " %s ", sign);
	print_operand(x, op, b, a, true);
	close_level(x, own, level);
}

/* x + constant that is rather a subtraction. */
static bool print_difference(struct text *x, const struct term *p, int level)
{
	const struct term *c = term_at(x->terms, p->b);
	unsigned width = ctype_width(p->type);

	if (p->op != TERM_ADD || c->op != TERM_CONST || !(c->value >> (width - 1)))
		return false;
	open_level(x, LEVEL_SUM, level);
	print(x, p->a, LEVEL_SUM);
	strbuf_adds(&x->out, " - ");
	text_number(x, -c->value & width_mask(width));
	close_level(x, LEVEL_SUM, level);
	return true;
}

/* x >= (unsigned long)-4095 */
static bool print_is_err(struct text *x, const struct term *p, bool negated, int level)
{
	const struct term *a = term_at(x->terms, p->a), *b = term_at(x->terms, p->b);
	unsigned width = ctype_width(a->type);
	bool less = p->op == TERM_ULT && b->op == TERM_CONST && b->value == (-UINT64_C(4095) & width_mask(width));

	if (width < 32 || (!less && (p->op != TERM_ULE || a->op != TERM_CONST ||
				     a->value != (-UINT64_C(4095) & width_mask(width)))))
		return false;
	if (less != negated) {
		open_level(x, LEVEL_UNARY, level);
		strbuf_adds(&x->out, "!");
	}
	strbuf_adds(&x->out, "IS_ERR(");
	print(x, less ? p->a : p->b, LEVEL_CHOICE);
	strbuf_adds(&x->out, ")");
	if (less != negated)
		close_level(x, LEVEL_UNARY, level);
	return true;
}

/* A comparison or its opposite. */
static void print_compare(struct text *x, struct term p, bool negated, int level)
{
	static const char *const swapped[] = {
		[TERM_ULT] = ">", [TERM_ULE] = ">=", [TERM_SLT] = ">", [TERM_SLE] = ">=",
	};
	const char *sign = operators[p.op].sign;
	term_t a = p.a;

	if (print_is_err(x, &p, negated, level))
		return;
	if (p.op == TERM_EQ) {
		sign = negated ? "!=" : "==";
	} else if (reads_better_swapped(x->terms, p.a, p.b)) {
		sign = swapped[p.op];
		p.a = p.b;
		p.b = a;
	}
	print_binary(x, sign, &p, level);
}

/* The value of a scalar as a condition: x for x != 0 where C programs write so, of pointers and masks. */
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
	if (negated) {	/* a mask among && and || is in parentheses, as people write it */
		print(x, a, level > LEVEL_CHOICE && term_is(t, a, TERM_AND) ? LEVEL_POSTFIX : level);
		return true;
	}
	open_level(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, "!");
	print(x, a, LEVEL_UNARY);
	close_level(x, LEVEL_UNARY, level);
	return true;
}

static void print_condition(struct text *x, term_t a, int level)
{
	const struct term *p = term_at(x->terms, a);
	const struct term *inner = term_at(x->terms, p->a);
	bool negated = p->op == TERM_NOT && inner->op == TERM_EQ;

	if (!print_zero_test(x, negated ? inner : p, negated, level))
		print(x, a, level);
}

static void print_not(struct text *x, const struct term *p, int level)
{
	const struct term *inner = term_at(x->terms, p->a);

	if (inner->op == TERM_EQ) {
		print_compare(x, *inner, true, level);
		return;
	}
	open_level(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, "!");
	print_condition(x, p->a, LEVEL_UNARY);
	close_level(x, LEVEL_UNARY, level);
}

static void print_unary(struct text *x, const char *sign, term_t a, int level)
{
	open_level(x, LEVEL_UNARY, level);
	strbuf_adds(&x->out, sign);
	/* No "--". */
	print(x, a, term_is(x->terms, uncast(x->terms, a), TERM_NEG) ? LEVEL_POSTFIX : LEVEL_UNARY);
	close_level(x, LEVEL_UNARY, level);
}

static void print_choice(struct text *x, const struct term *p, int level)
{
	open_level(x, LEVEL_CHOICE, level);
	print_condition(x, p->a, LEVEL_LOR);
	strbuf_adds(&x->out, " ? ");
	print(x, p->b, LEVEL_CHOICE + 1);
	strbuf_adds(&x->out, " : ");
	print(x, p->c, LEVEL_CHOICE);
	close_level(x, LEVEL_CHOICE, level);
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
		print_address(x, a, level);
		break;
	case TERM_LOAD:
		print_place(x, p->a, level);
		break;
	case TERM_MEMBER:
		print(x, p->a, LEVEL_POSTFIX);
		strbuf_adds(&x->out, ".");
		text_name(x, p->name);
		break;
	case TERM_CALL:
		print_call(x, p);
		break;
	case TERM_LIST:
		print_list(x, a);
		break;
	case TERM_BNOT:
		print_unary(x, "~", p->a, level);
		break;
	case TERM_NEG:
		print_unary(x, "-", p->a, level);
		break;
	case TERM_NOT:
		print_not(x, p, level);
		break;
	case TERM_ITE:
		print_choice(x, p, level);
		break;
	case TERM_EQ:
	case TERM_ULT:
	case TERM_ULE:
	case TERM_SLT:
	case TERM_SLE:
		print_compare(x, *p, false, level);
		break;
	default:
		if (!print_difference(x, p, level))
			print_binary(x, operators[p->op].sign, p, level);
	}
}

/* level: what binds less than this needs parentheses. */
static void print(struct text *x, term_t a, int level)
{
	if (is_full(x)) {
		x->cut = true;
		return;
	}
	x->depth++;
	a = uncast(x->terms, a);
	if (is_size(x->terms, a) || is_pages(x->terms, a))
		strbuf_adds(&x->out, is_size(x->terms, a) ? "size" : "pages");
	else if (a)
		print_term(x, a, term_at(x->terms, a), level);
	x->depth--;
}

char *term_text(const struct terms *t, const struct flag_names *flags, term_t a)
{
	struct text x = { .terms = t, .flags = flags };

	strbuf_adds(&x.out, "");
	print_condition(&x, a, LEVEL_COMMA);
	text_cut(&x, MAX_TEXT);
	return strbuf_detach(&x.out);
}
