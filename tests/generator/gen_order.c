// SPDX-License-Identifier: GPL-2.0-only
/* Calls and assignments inside expressions, in an order that C defines; other forms of switch and loop. */
#include <stdlib.h>

#include "gen_internal.h"

static const char *call(struct gen *g)
{
	static const char *const calls[] = {
		"dev_check(d)",		 "dev_claim(d, 3)",	   "dev_check(d->peer)",
		"(int)dev_status(d, 1)", "dev_claim(d, d->state)", "dev_accepts(d, d->region)",
		"dev_ready(d)"
	};

	use(g, USE_OPAQUE);
	return PICK(g, calls);
}

static void arms(struct gen *g)
{
	const char *a = call(g), *b = call(g);
	char *cond = condition_text(g);

	use(g, USE_CALL_ARM);
	g->branches--;
	switch (pick(g, 5)) {
	case 0:
		line(g, "ret = (%s) ? %s : %s;", cond, a, b);
		break;
	case 1:
		use(g, USE_ELVIS);
		line(g, "ret = %s ?: %s;", a, b);
		break;
	case 2:
		line(g, "ret = (%s) && %s;", cond, a);
		break;
	case 3:
		line(g, "ret = !%s || (%s);", a, cond);
		break;
	default:
		line(g, "if (%s || %s)", a, b);
		g->indent++;
		leave(g);
		g->indent--;
		break;
	}
	free(cond);
}

static void nested(struct gen *g)
{
	use(g, USE_CALL_NESTED);
	switch (pick(g, 4)) {
	case 0:
		line(g, "ret = dev_claim(d, dev_status(d->peer, 2));");
		break;
	case 1:
		use(g, USE_OPAQUE_RECORD);
		line(g, "ret = dev_accepts(d, dev_region(d, 1));");
		break;
	case 2:
		use(g, USE_RECORD_CALL);
		line(g, "ret = region_end(region_grow(dev_region(d, 5), 3)) & 0x7f;");
		break;
	default:
		line(g, "d->count = dev_status(d, 7) & 0xff;");
		break;
	}
}

static void assignment(struct gen *g)
{
	struct var *v = var_of(g, VAR_SCALAR, true), *w;
	char *value = expr_text(g, 1);

	use(g, USE_ASSIGN_VALUE);
	w = v ? var_typed(g, v->type, false) : NULL;
	if (v && w && w != v && pick(g, 2)) {
		line(g, "%s = %s = %s;", v->name, w->name, value);
	} else if (v && pick(g, 2)) {
		line(g, "d->count = (%s += 2);", v->name);
	} else if (g->branches > 0) {
		g->branches--;
		line(g, "if ((ret = %s) < 0)", call(g));
		g->indent++;
		line(g, "return ret;");
		g->indent--;
	}
	free(value);
}

static void forever(struct gen *g)
{
	unsigned v = g->names++, n = 1 + pick(g, 3);
	size_t vars = g->vars.nr;

	use(g, USE_FOREVER);
	line(g, "u32 v%u = %u;", v, n);
	line(g, pick(g, 2) ? "for (;;) {" : "while (1) {");
	g->indent++;
	if (pick(g, 2))
		line(g, "d->count += v%u;", v);
	line(g, "if (!v%u--)", v);
	line(g, "\tbreak;");
	g->depth++;
	value_statement(g);
	g->vars.nr = vars;
	g->depth--;
	g->indent--;
	line(g, "}");
}

/* A switch of several lines, at the depth that is open. */
static void lines(struct gen *g, const char *const *text)
{
	for (; *text; text++)
		line(g, "%s", *text);
}

static void other_switch(struct gen *g)
{
	static const char *const negative[] = {
		"case -128 ... -1:", "\tret = -1;", "\tbreak;",	     "case 0:", "\tret = 5;",
		"\tfallthrough;",    "default:",    "\td->count++;", "}",	NULL
	};
	static const char *const modes[] = { "case MODE_OFF:",
					     "\treturn -ENODEV;",
					     "case MODE_SLOW:",
					     "\td->level = ret;",
					     "\tbreak;",
					     "default:",
					     "\tbreak;",
					     "}",
					     NULL };
	static const char *const wide[] = { "default:",
					    "\tret = 2;",
					    "\tbreak;",
					    "case 0x100000000 ... 0xffffffffffffffff:",
					    "\topen_count++;",
					    "case 7:",
					    "\tret++;",
					    "}",
					    NULL };
	static const char *const inner[] = { "case 1:",	    "\tswitch (d->unit & 1) {",
					     "\tcase 1:",   "\t\tret = 1;",
					     "\t\tbreak;",  "\tdefault:",
					     "\t\tbreak;",  "\t}",
					     "\tret += 4;", "\tbreak;",
					     "case 3:",	    "\td->error = ret;",
					     "}",	    NULL };
	char *value = expr_text(g, 1);

	use(g, USE_SWITCH);
	use(g, USE_SWITCH_TYPE);
	g->branches -= 2;
	switch (pick(g, 4)) {
	case 0:
		line(g, "switch ((s8)(%s)) {", value);
		lines(g, negative);
		break;
	case 1:
		line(g, "switch (d->mode) {");
		lines(g, modes);
		break;
	case 2:
		use(g, USE_CASE_RANGE);
		line(g, "switch ((u64)(%s)) {", value);
		lines(g, wide);
		break;
	default:
		line(g, "switch ((%s) & 3) {", value);
		lines(g, inner);
		break;
	}
	free(value);
}

/* What a condition does depends on what decides it. */
static void side_effect(struct gen *g)
{
	struct var *v = var_of(g, VAR_SCALAR, true), *w = NULL, *k;
	char *value = expr_text(g, 1);

	vec_each (k, &g->vars)
		if (v && k->kind == VAR_SCALAR && !k->fixed && k != v && (!w || pick(g, 2)))
			w = k;
	/* A pointer to one of them could be the other. */
	if (!v || !w) {
		free(value);
		value_statement(g);
		return;
	}
	use(g, USE_SIDE_EFFECT);
	g->branches -= 2;
	switch (pick(g, 5)) {
	case 0:
		line(g, "if (%s++ > 3 && (%s -= 3))", v->name, w->name);
		break;
	case 1:
		line(g, "if ((%s = %s) || --%s)", v->name, value, w->name);
		break;
	case 2:
		line(g, "if (!(%s & 1) || (%s ^= 5, %s > 2))", v->name, w->name, w->name);
		break;
	case 3:
		line(g, "if ((ret = dev_check(d)) && %s-- && !%s++)", v->name, w->name);
		break;
	default:
		line(g, "if (%s ? ++%s & 3 : (%s = 4))", value, v->name, w->name);
		break;
	}
	block(g, 1 + pick(g, 2));
	free(value);
}

void order_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (g->no_return || g->branches <= 0)
		value_statement(g);
	else if (k < 30)
		arms(g);
	else if (k < 50)
		nested(g);
	else if (k < 62)
		assignment(g);
	else if (k < 76)
		side_effect(g);
	else if (k < 85)
		forever(g);
	else
		other_switch(g);
}
