// SPDX-License-Identifier: GPL-2.0-only
/* Statements on the function's own variables. */
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

static const char *const assign_ops[] = { "+=", "-=",  "|=",  "&=", "^=",
					  "*=", "<<=", ">>=", "/=", "%=" };

/* `target op= value`, without undefined behaviour for any of the operators. */
static void compound(struct gen *g, const char *target)
{
	const char *op = PICK(g, assign_ops);
	char *value = expr_text(g, 1);

	use(g, USE_COMPOUND);
	if (*op == '<' || *op == '>') {
		use(g, USE_SHIFT);
		line(g, "%s %s (%s) & 7;", target, op, value);
	} else if (*op == '/' || *op == '%') {
		use(g, USE_DIVISION);
		line(g, "%s %s ((%s) & 7) + 2;", target, op, value);
	} else {
		line(g, "%s %s %s;", target, op, value);
	}
	free(value);
}

static void step(struct gen *g, const char *target)
{
	static const char *const forms[] = { "%s++;", "%s--;", "++%s;", "--%s;" };
	struct strbuf b = { 0 };
	const char *form = PICK(g, forms);

	use(g, USE_STEP);
	strbuf_add(&b, form, (size_t)(strchr(form, '%') - form));
	strbuf_adds(&b, target);
	strbuf_adds(&b, strchr(form, 's') + 1);
	line(g, "%s", b.s);
	strbuf_free(&b);
}

static void change(struct gen *g, const char *target)
{
	char *value;

	switch (pick(g, 5)) {
	case 0:
	case 1:
		compound(g, target);
		break;
	case 2:
		step(g, target);
		break;
	default:
		value = expr_text(g, 3);
		line(g, "%s = %s;", target, value);
		free(value);
		break;
	}
}

/* A value and a step in one expression. */
static void step_value(struct gen *g, const char *name)
{
	struct var *other = NULL, *v;

	vec_each (v, &g->vars)
		if (v->kind == VAR_SCALAR && !v->fixed && strcmp(v->name, name))
			other = v;
	if (!other || !strcmp(other->name, name))
		return;
	use(g, USE_STEP);
	line(g, "%s = %s%s%s;", other->name, pick(g, 2) ? "++" : "", name, "");
	line(g, "%s = %s%s;", other->name, name, pick(g, 2) ? "--" : "++");
}

static void comma(struct gen *g, const char *name)
{
	char *a = expr_text(g, 1), *b = expr_text(g, 1);

	use(g, USE_COMMA);
	if (pick(g, 2))
		line(g, "%s = (%s, %s);", name, a, b);
	else
		line(g, "%s += 2, ret = %s > %s ? -EINVAL : ret;", name, name, b);
	free(a);
	free(b);
}

static void scalar(struct gen *g)
{
	struct var *v = var_of(g, VAR_SCALAR, true);
	char name[16];
	char *text;

	if (!v) {
		declare(g);
		return;
	}
	memcpy(name, v->name, sizeof(name));
	switch (pick(g, 10)) {
	case 0:
		step_value(g, name);
		break;
	case 1:
		if (g->no_return)
			change(g, name);
		else
			comma(g, name);
		break;
	case 2:
		v = var_typed(g, v->type, false);
		if (v && strcmp(v->name, name)) {
			use(g, USE_SWAP);
			line(g, "swap(%s, %s);", name, v->name);
		} else {
			change(g, name);
		}
		break;
	case 3:
		use(g, USE_ONCE);
		text = expr_text(g, 2);
		line(g, "WRITE_ONCE(%s, %s);", name, text);
		free(text);
		break;
	default:
		change(g, name);
		break;
	}
}

static void pointer(struct gen *g)
{
	struct var *p = var_of(g, VAR_POINTER, false), *a, *b;
	struct strbuf t = { 0 };
	char *text;

	if (!p) {
		declare(g);
		return;
	}
	use(g, USE_LOCAL_POINTER);
	a = var_typed(g, p->type, false);
	b = var_typed(g, p->type, false);
	if (a && chance(g, 20)) {
		line(g, "%s = &%s;", p->name, a->name);
	} else if (g->weak && a && b && chance(g, 30)) {
		use(g, USE_POINTER_CHOICE);
		text = condition_text(g);
		line(g, "%s = %s ? &%s : &%s;", p->name, text, a->name, b->name);
		free(text);
	} else {
		strbuf_addf(&t, "(*%s)", p->name);
		change(g, t.s);
	}
	strbuf_free(&t);
}

static void region(struct gen *g, struct var *v)
{
	struct var *other = var_of(g, VAR_REGION, false), *w = var_of(g, VAR_WINDOW, false);
	char *text = expr_text(g, 1);
	char name[16];

	memcpy(name, v->name, sizeof(name));
	switch (pick(g, 5)) {
	case 0:
		line(g, "%s = %s;", name, other->name);
		break;
	case 1:
		use(g, USE_RECORD_CALL);
		if (pick(g, 2))
			line(g, "%s = region_grow(%s, %s);", name, other->name, text);
		else
			line(g, "%s = (struct region){ .len = %s.len, .base = %s };", name,
			     other->name, text);
		break;
	case 2:
		if (w)
			line(g, "%s = %s.inner;", name, w->name);
		else
			line(g, "%s = d->region;", name);
		break;
	case 3:
		line(g, "%s.len %s %s;", name, pick(g, 2) ? "+=" : "=", text);
		break;
	default:
		line(g, "%s.base%s;", name, pick(g, 2) ? "++" : " >>= 2");
		break;
	}
	free(text);
}

static void record(struct gen *g)
{
	struct var *v = var_of(g, VAR_REGION + (enum var_kind)pick(g, 7), true), *r;
	struct strbuf t = { 0 };

	if (!v) {
		declare(g);
		return;
	}
	use(g, USE_RECORD);
	switch (v->kind) {
	case VAR_REGION:
		region(g, v);
		return;
	case VAR_WINDOW:
		use(g, USE_NESTED_RECORD);
		r = var_of(g, VAR_REGION, false);
		if (r && chance(g, 40)) {
			line(g, "%s.inner = %s;", v->name, r->name);
			return;
		}
		strbuf_addf(&t, "%s.%s", v->name, pick(g, 2) ? "tag" : "inner.base");
		break;
	case VAR_SPAN:
		strbuf_addf(&t, "%s.%s", v->name,
			    pick(g, 3) ? pick(g, 2) ? "lead" : "tail" : "shift");
		break;
	case VAR_BITS:
		use(g, USE_BITFIELD);
		strbuf_addf(&t, "%s.%s", v->name, pick(g, 3) ? pick(g, 2) ? "lo" : "sig" : "mid");
		break;
	case VAR_MODES:
		use(g, USE_SMALL_BITS);
		strbuf_addf(&t, "%s.%s", v->name, pick(g, 3) ? pick(g, 2) ? "kind" : "wide" : "on");
		break;
	case VAR_REGS:
		use(g, USE_ARRAY);
		strbuf_addf(&t, "%s.reg[%u]", v->name, pick(g, 4));
		break;
	default:
		if (g->weak && chance(g, 25)) {
			use(g, USE_INDEX);
			strbuf_addf(&t, "%s[d->count & 3]", v->name);
		} else {
			use(g, USE_ARRAY);
			strbuf_addf(&t, "%s[%u]", v->name, pick(g, 4));
		}
		break;
	}
	change(g, t.s);
	strbuf_free(&t);
}

static void overflow(struct gen *g)
{
	struct var *v = var_typed(g, "u64", false);
	char *a = expr_text(g, 1), *b = expr_text(g, 1);

	if (v && g->weak && g->branches > 0 && !g->no_return) {
		g->branches--;
		use(g, USE_OVERFLOW);
		line(g, "if (check_%s_overflow((u64)(%s), (u64)(%s), &%s))",
		     pick(g, 2) ? "add" : "mul", a, b, v->name);
		g->indent++;
		line(g, "return -EOVERFLOW;");
		g->indent--;
	}
	free(a);
	free(b);
}

static void copy(struct gen *g)
{
	struct var *v = var_of(g, VAR_REGION, true);

	if (!v)
		return;
	use(g, USE_COPY);
	if (pick(g, 2))
		line(g, "memset(&%s, 0, sizeof(%s));", v->name, v->name);
	else
		line(g, "memcpy(&%s, &d->region, sizeof(%s));", v->name, v->name);
}

void value_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (k < 50)
		scalar(g);
	else if (k < 62)
		pointer(g);
	else if (k < 90)
		record(g);
	else if (k < 96)
		overflow(g);
	else
		copy(g);
}
