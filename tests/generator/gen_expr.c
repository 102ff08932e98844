// SPDX-License-Identifier: GPL-2.0-only
/* Random expressions without side effects. */
#include "gen_internal.h"

static void sub(struct gen *g, struct strbuf *b, unsigned depth, const char *before)
{
	strbuf_adds(b, before);
	expr(g, b, depth);
}

static void binary_expr(struct gen *g, struct strbuf *b, unsigned depth)
{
	static const char *const ops[] = { "+", "-", "*", "&", "|", "^", "+", "-", "&" };
	const char *op = PICK(g, ops);

	if (*op == '&' || *op == '|')
		use(g, USE_MASK);
	sub(g, b, depth - 1, "(");
	strbuf_addf(b, " %s ", op);
	sub(g, b, depth - 1, "");
	strbuf_adds(b, ")");
}

/* Divisors that are never 0, and never -1 of a signed type: INT_MIN / -1 traps. */
static void division(struct gen *g, struct strbuf *b, unsigned depth)
{
	const char *op = pick(g, 2) ? "/" : "%";

	use(g, USE_DIVISION);
	sub(g, b, depth - 1, "(");
	switch (pick(g, 3)) {
	case 0:
		strbuf_addf(b, " %s %u)", op, pick(g, 30) + 1);
		break;
	case 1:
		strbuf_addf(b, " %s ((u32)(", op);
		expr(g, b, 1);
		strbuf_adds(b, ") | 1))");
		break;
	default:
		strbuf_addf(b, " %s (((", op);
		expr(g, b, 1);
		strbuf_adds(b, ") & 7) + 2))");
		break;
	}
}

static void shift(struct gen *g, struct strbuf *b, unsigned depth)
{
	const char *op = pick(g, 2) ? "<<" : ">>";

	use(g, USE_SHIFT);
	if (chance(g, 30)) {
		sub(g, b, depth - 1, pick(g, 2) ? "((u64)(" : "((s64)(");
		strbuf_addf(b, ") %s %u)", op, pick(g, 64));
	} else if (chance(g, 60)) {
		sub(g, b, depth - 1, "((");
		strbuf_addf(b, ") %s %s)", op, pick(g, 2) ? "PAGE_SHIFT" : "3");
	} else {
		sub(g, b, depth - 1, "((");
		strbuf_addf(b, ") %s ((", op);
		expr(g, b, 1);
		strbuf_adds(b, ") & 15))");
	}
}

void comparison(struct gen *g, struct strbuf *b, unsigned depth)
{
	static const char *const ops[] = { "==", "!=", "<", "<=", ">", ">=" };

	sub(g, b, depth, "(");
	strbuf_addf(b, " %s ", PICK(g, ops));
	sub(g, b, depth, "");
	strbuf_adds(b, ")");
}

static void minmax(struct gen *g, struct strbuf *b, unsigned depth)
{
	static const char *const wide[] = { "u32", "s32", "u64", "s64", "unsigned long" };
	const char *type = PICK(g, wide);

	use(g, USE_MINMAX);
	use(g, USE_STMTEXPR);
	switch (pick(g, 4)) {
	case 0:
		strbuf_addf(b, "min((%s)(", type);
		expr(g, b, depth - 1);
		strbuf_addf(b, "), (%s)(", type);
		expr(g, b, depth - 1);
		strbuf_adds(b, "))");
		break;
	case 1:
		strbuf_addf(b, "clamp_t(%s, ", type);
		expr(g, b, depth - 1);
		strbuf_adds(b, ", 3, 200)");
		break;
	default:
		strbuf_addf(b, "%s(%s, ", pick(g, 2) ? "min_t" : "max_t", type);
		expr(g, b, depth - 1);
		strbuf_adds(b, ", ");
		expr(g, b, depth - 1);
		strbuf_adds(b, ")");
		break;
	}
}

/* A block that has a value. */
static void statement_expression(struct gen *g, struct strbuf *b)
{
	const char *type = scalar_type(g);
	unsigned n = g->names++;

	use(g, USE_STMTEXPR);
	strbuf_addf(b, "({ %s v%u = ", type, n);
	expr(g, b, 1);
	strbuf_addf(b, "; v%u %s= ", n, pick(g, 2) ? "+" : "^");
	expr(g, b, 1);
	strbuf_addf(b, "; v%u; })", n);
}

static void choice(struct gen *g, struct strbuf *b, unsigned depth)
{
	if (chance(g, 25)) {
		use(g, USE_ELVIS);
		sub(g, b, depth - 1, "(");
		sub(g, b, depth - 1, " ?: ");
	} else {
		use(g, USE_TERNARY);
		strbuf_adds(b, "(");
		comparison(g, b, 1);
		sub(g, b, depth - 1, " ? ");
		sub(g, b, depth - 1, " : ");
	}
	strbuf_adds(b, ")");
}

static void logical(struct gen *g, struct strbuf *b)
{
	comparison(g, b, 1);
	strbuf_adds(b, pick(g, 2) ? " && " : " || ");
	comparison(g, b, 1);
}

static void unary(struct gen *g, struct strbuf *b, unsigned depth)
{
	static const char *const ops[] = { "-", "~", "!", "!!", "+" };

	strbuf_adds(b, PICK(g, ops));
	sub(g, b, depth - 1, "(");
	strbuf_adds(b, ")");
}

void expr(struct gen *g, struct strbuf *b, unsigned depth)
{
	unsigned k = pick(g, 100);

	if (!depth || k < 25) {
		leaf(g, b);
	} else if (k < 50) {
		binary_expr(g, b, depth);
	} else if (k < 55) {
		division(g, b, depth);
	} else if (k < 62) {
		shift(g, b, depth);
	} else if (k < 74) {
		use(g, USE_CAST);
		if (chance(g, 25)) {
			use(g, USE_ORDER_BITS);
			strbuf_addf(b, "(%s)", scalar_type(g));
			strbuf_addf(b, "(%s)", scalar_type(g));
		}
		strbuf_addf(b, "(%s)(", scalar_type(g));
		expr(g, b, depth - 1);
		strbuf_adds(b, ")");
	} else if (k < 79) {
		unary(g, b, depth);
	} else if (k < 84) {
		use(g, USE_COMPARE);
		comparison(g, b, 1);
	} else if (k < 88) {
		choice(g, b, depth);
	} else if (k < 92) {
		minmax(g, b, depth);
	} else if (k < 94) {
		statement_expression(g, b);
	} else if (k < 96) {
		use(g, USE_CONFIG);
		strbuf_addf(b, "(IS_ENABLED(%s) ? ", pick(g, 2) ? "CONFIG_DEMO" : "CONFIG_ABSENT");
		expr(g, b, depth - 1);
		sub(g, b, depth - 1, " : ");
		strbuf_adds(b, ")");
	} else if (k < 98) {
		use(g, USE_COMPARE);
		strbuf_adds(b, "(");
		logical(g, b);
		strbuf_adds(b, ")");
	} else {
		strbuf_addf(b, "%s(%s)(", pick(g, 2) ? "PAGE_ALIGN((u64)" : "(u32)PAGE_ALIGN(",
			    "s64");
		expr(g, b, depth - 1);
		strbuf_adds(b, "))");
	}
}

char *expr_text(struct gen *g, unsigned depth)
{
	struct strbuf b = { 0 };

	expr(g, &b, depth);
	return strbuf_detach(&b);
}
