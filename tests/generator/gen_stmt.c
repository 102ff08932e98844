// SPDX-License-Identifier: GPL-2.0-only
/* Statements, blocks and declarations of a random handler. */
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

void line(struct gen *g, const char *fmt, ...)
{
	unsigned i;
	va_list ap;

	for (i = 0; i < g->indent; i++)
		strbuf_adds(g->out, "\t");
	va_start(ap, fmt);
	strbuf_vaddf(g->out, fmt, ap);
	va_end(ap);
	strbuf_adds(g->out, "\n");
}

/* A variable with a value, in the scope that is open. */
static void declare_scalar(struct gen *g)
{
	static const char *const usual[] = { "u32", "u32", "s32", "u64", "unsigned long" };
	const char *type = chance(g, 40) ? PICK(g, usual) : scalar_type(g);
	char *value = expr_text(g, 2);

	line(g, "%s v%u = %s;", type, g->names, value);
	var_new(g, VAR_SCALAR, type);
	free(value);
}

static void declare_pointer(struct gen *g)
{
	struct var *v = var_of(g, VAR_SCALAR, true);
	const char *type, *name;

	if (!v)
		return;
	use(g, USE_LOCAL_POINTER);
	type = v->type;
	name = v->name;
	line(g, "%s *v%u = &%s;", type, g->names, name);
	var_new(g, VAR_POINTER, type);
}

static void declare_record(struct gen *g)
{
	char *a = expr_text(g, 1), *b = expr_text(g, 1);
	unsigned n = g->names;

	use(g, USE_RECORD);
	switch (pick(g, 8)) {
	case 0:
		line(g, "struct region v%u = { .base = %s, .len = %s };", n, a, b);
		var_new(g, VAR_REGION, NULL);
		break;
	case 1:
		line(g, "struct region v%u = %s->region;", n, dev_expr(g));
		var_new(g, VAR_REGION, NULL);
		break;
	case 2:
		use(g, USE_NESTED_RECORD);
		line(g, "struct window v%u = { .inner = { .len = %s }, .tag = %s };", n, a, b);
		var_new(g, VAR_WINDOW, NULL);
		break;
	case 3:
		line(g, "struct span v%u = { %s, %s };", n, a, b);
		var_new(g, VAR_SPAN, NULL);
		break;
	case 4:
		use(g, USE_BITFIELD);
		line(g, "struct bits v%u = { .lo = %s, .sig = %s };", n, a, b);
		var_new(g, VAR_BITS, NULL);
		break;
	case 6:
		use(g, USE_SMALL_BITS);
		line(g, "struct modes v%u = { .on = %s, .wide = %s };", n, a, b);
		var_new(g, VAR_MODES, NULL);
		break;
	case 5:
		use(g, USE_ARRAY);
		line(g, "u32 v%u[4] = { %s, [2] = %s };", n, a, b);
		var_new(g, VAR_ARRAY, NULL);
		break;
	default:
		use(g, USE_ARRAY);
		line(g, "struct regs v%u = { { %s, 7, %s } };", n, a, b);
		var_new(g, VAR_REGS, NULL);
		break;
	}
	free(a);
	free(b);
}

void declare(struct gen *g)
{
	unsigned k = pick(g, 10);

	if (k < 6)
		declare_scalar(g);
	else if (k < 7)
		declare_pointer(g);
	else
		declare_record(g);
}

/* Leave the function, with an error as a rule. */
void leave(struct gen *g)
{
	struct strbuf b = { 0 };
	char *value;

	if (g->no_return) {
		line(g, "goto done;");
		return;
	}
	use(g, USE_RETURN);
	if (chance(g, 75)) {
		error_value(g, &b);
	} else {
		value = expr_text(g, 1);
		strbuf_addf(&b, "(int)(%s)", value);
		free(value);
	}
	if (g->ladder && g->labels && chance(g, 70)) {
		use(g, USE_LADDER);
		if (chance(g, 80))
			line(g, "ret = %s;", b.s);
		line(g, "goto out%u;", pick(g, 4) ? g->labels : 1 + pick(g, g->labels));
	} else {
		line(g, "return %s;", b.s);
	}
	strbuf_free(&b);
}

/* A variable with the name of one outside, which is hidden while the block lasts. */
static size_t shadow(struct gen *g)
{
	struct var *outer = var_of(g, VAR_SCALAR, true), *v;
	size_t index;

	if (!outer)
		return g->vars.nr;
	use(g, USE_SHADOW);
	index = (size_t)(outer - g->vars.items);
	/* In an initializer it would mean itself. */
	line(g, "s16 %s = %u;", outer->name, pick(g, 100));
	v = var_new(g, VAR_SCALAR, "s16");
	outer = &g->vars.items[index];
	memcpy(v->name, outer->name, sizeof(v->name));
	outer->kind = VAR_HIDDEN;
	return index;
}

void block(struct gen *g, unsigned nr)
{
	size_t vars = g->vars.nr, hidden = vars;

	line(g, "{");
	g->indent++;
	g->depth++;
	if (chance(g, 20))
		hidden = shadow(g);
	statements(g, nr);
	g->depth--;
	g->indent--;
	line(g, "}");
	g->vars.nr = vars;
	if (hidden < vars)
		g->vars.items[hidden].kind = VAR_SCALAR;
}

static bool skipped(const struct gen *g, unsigned number)
{
	return g->skip && number < g->nr_skip && g->skip[number];
}

/* In a handler that moves: checks, for the most part. */
static bool move_statement(struct gen *g)
{
	unsigned k = pick(g, 100);
	char *cond;

	if (k < 35 && g->branches > 0 && !g->no_return) {
		g->branches--;
		use(g, USE_IF);
		cond = condition_text(g);
		line(g, "if (%s)", cond);
		free(cond);
		g->indent++;
		leave(g);
		g->indent--;
	} else if (k < 60 && g->vma) {
		vma_statement(g);
	} else if (k < 90) {
		declare(g);
	} else {
		return false;
	}
	return true;
}

static void statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (g->moves && pick(g, 3) && move_statement(g))
		return;

	if (k < 12)
		declare(g);
	else if (k < 26)
		value_statement(g);
	else if (k < 32)
		pointer_statement(g);
	else if (k < 40)
		order_statement(g);
	else if (k < 57)
		flow_statement(g);
	else if (k < 71 && g->vma)
		vma_statement(g);
	else if (k < 71 && g->desc)
		hook_statement(g);
	else if (k < 88)
		state_statement(g);
	else
		call_statement(g);
}

void statements(struct gen *g, unsigned nr)
{
	struct strbuf none = { 0 }, *out = g->out;
	unsigned number;

	while (nr--) {
		if (g->size <= 0)
			return;
		g->size--;
		number = ++g->statement;
		if (skipped(g, number))
			g->out = &none;
		statement(g);
		g->out = out;
	}
	strbuf_free(&none);
}
