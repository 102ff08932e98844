// SPDX-License-Identifier: GPL-2.0-only
/* Calls of functions of which nothing is known, and of the handler's own helpers. */
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

/* Guarded by a branch, or as a value. */
static void opaque(struct gen *g)
{
	const char *d = dev_expr(g);
	char *value = expr_text(g, 1);
	struct var *v = var_of(g, VAR_SCALAR, true);

	use(g, USE_OPAQUE);
	switch (pick(g, 9)) {
	case 0:
		line(g, "dev_poke(%s);", d);
		break;
	case 1:
		if (v)
			line(g, "%s = dev_status(%s, %s);", v->name, d, value);
		break;
	case 2:
		if (v)
			line(g, "%s = dev_clock();", v->name);
		break;
	case 3:
		if (v)
			line(g, "%s = dev_lane(%s) + %u;", v->name, d, pick(g, 300));
		break;
	case 4:
		if (g->branches > 0) {
			g->branches--;
			line(g, "if (!dev_ready(%s))", d);
			g->indent++;
			leave(g);
			g->indent--;
		}
		break;
	case 5:
		if (g->branches > 1 && !g->no_return) {
			char *cond = condition_text(g);

			g->branches -= 2;
			line(g, "if ((%s) && (ret = dev_check(%s)) %s)", cond, d,
			     pick(g, 2) ? "< 0" : "!= 0");
			g->indent++;
			line(g, "return ret;");
			g->indent--;
			free(cond);
		}
		break;
	default:
		if (g->no_return) {
			line(g, "dev_claim(%s, %s);", d, value);
			break;
		}
		line(g, "ret = dev_claim(%s, %s);", d, value);
		if (g->branches > 0) {
			g->branches--;
			line(g, "if (%s)", pick(g, 2) ? "ret" : "ret < 0");
			g->indent++;
			leave(g);
			g->indent--;
		}
		break;
	}
	free(value);
}

static void opaque_record(struct gen *g)
{
	struct var *v = var_of(g, VAR_REGION, true);
	char *value = expr_text(g, 1);

	use(g, USE_OPAQUE_RECORD);
	if (v && pick(g, 2))
		line(g, "%s = dev_region(d, %s);", v->name, value);
	else if (pick(g, 2))
		line(g, "d->window.inner = dev_region(%s, %s);", dev_expr(g), value);
	else
		line(g, "%sdev_accepts(%s, %s);", g->no_return ? "" : "ret = ", dev_expr(g),
		     v ? v->name : "d->region");
	free(value);
}

static void find(struct gen *g)
{
	unsigned v = g->names++;

	if (g->branches <= 0 || g->no_return) {
		opaque(g);
		return;
	}
	g->branches--;
	if (pick(g, 2)) {
		use(g, USE_OPAQUE);
		line(g, "struct dev *v%u = dev_find(%u);", v, pick(g, 4));
		line(g, "if (!v%u)", v);
		g->indent++;
		leave(g);
	} else {
		use(g, USE_ERR_PTR);
		line(g, "struct dev *v%u = dev_open(%u);", v, pick(g, 4));
		line(g, "if (IS_ERR(v%u))", v);
		g->indent++;
		line(g, "return PTR_ERR(v%u);", v);
	}
	g->indent--;
	line(g, "v%u->%s |= %s->%s & 0xf;", v, pick(g, 2) ? "ready" : "count", dev_expr(g),
	     pick(g, 2) ? "port" : "count");
}

/* A local goes out to somebody who can write it. */
static void out_param(struct gen *g)
{
	struct var *v = var_typed(g, "u32", !g->in_helper), *s = var_of(g, VAR_SPAN, true);
	const char *assign = g->no_return ? "" : "ret = ";

	if (s && chance(g, 30)) {
		use(g, USE_OUT_PARAM);
		line(g, "%sdev_query_span(d, &%s);", assign, s->name);
	} else if (v && !g->in_helper && v->top && chance(g, 40)) {
		use(g, USE_WATCHED);
		line(g, pick(g, 2) ? "dev_register(&%s);" : "d->cursor = &%s;", v->name);
	} else if (v) {
		use(g, USE_OUT_PARAM);
		line(g, "%sdev_query(d, &%s);", assign, v->name);
	} else {
		opaque(g);
	}
}

static void callback(struct gen *g)
{
	char *value = expr_text(g, 1);

	use(g, USE_CALLBACK);
	line(g, "%sd->ops->check(d, %s);", g->no_return ? "" : "ret = ", value);
	free(value);
}

static bool add_out_argument(struct gen *g, struct strbuf *b)
{
	struct var *v = var_typed(g, "u32", false), *p = var_of(g, VAR_POINTER, false);

	if (p && !strcmp(p->type, "u32") && (!v || chance(g, 30))) {
		use(g, USE_OUT_DEEP);
		strbuf_addf(b, ", %s", p->name);
		return true;
	}
	if (!v)
		return false;
	use(g, USE_HELPER_OUT);
	strbuf_addf(b, ", &%s", v->name);
	return true;
}

static void helper(struct gen *g)
{
	struct helper_text *f;
	struct strbuf b = { 0 };
	struct var *v;
	unsigned i;
	char *value;

	if (!g->helpers.nr) {
		opaque(g);
		return;
	}
	f = &g->helpers.items[pick(g, (unsigned)g->helpers.nr)];
	if (f->vma && !g->vma) {
		opaque(g);
		return;
	}
	strbuf_addf(&b, "%s(%s", f->name, dev_expr(g));
	if (f->vma)
		strbuf_adds(&b, ", vma");
	if (f->out && !add_out_argument(g, &b)) {
		strbuf_free(&b);
		declare(g);
		return;
	}
	for (i = 0; i < f->args; i++) {
		value = expr_text(g, 1);
		strbuf_addf(&b, ", %s", value);
		free(value);
	}
	strbuf_adds(&b, ")");
	use(g, f->vma ? USE_HELPER_VMA : USE_HELPER);
	if (f->pointer) {
		use(g, USE_HELPER_POINTER);
		line(g, "struct dev *v%u = %s;", g->names, b.s);
		var_new(g, VAR_DEV, NULL);
	} else if (f->record) {
		use(g, USE_HELPER_RECORD);
		v = var_of(g, VAR_REGION, true);
		if (v)
			line(g, "%s = %s;", v->name, b.s);
		else
			line(g, "d->region.len = %s.len;", b.s);
	} else if (f->is_void || g->no_return) {
		line(g, "%s;", b.s);
	} else {
		line(g, "ret = %s;", b.s);
		if (g->branches > 0) {
			g->branches--;
			line(g, "if (ret)");
			g->indent++;
			leave(g);
			g->indent--;
		}
	}
	strbuf_free(&b);
}

void call_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (k < 40)
		helper(g);
	else if (k < 70)
		opaque(g);
	else if (k < 78)
		opaque_record(g);
	else if (k < 88)
		find(g);
	else if (k < 95 && g->weak)
		out_param(g);
	else if (k < 98 && g->weak)
		callback(g);
	else
		opaque(g);
}
