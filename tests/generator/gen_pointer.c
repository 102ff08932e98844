// SPDX-License-Identifier: GPL-2.0-only
/* Pointers to structs, members and elements, and what is done with pointers. */
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

static void record_pointer(struct gen *g)
{
	struct var *p = var_of(g, VAR_REGION_POINTER, false), *r = var_of(g, VAR_REGION, true);
	struct var *w = var_of(g, VAR_WINDOW, true);
	char *value;

	use(g, USE_RECORD_POINTER);
	if (!p || chance(g, 20)) {
		if (w && chance(g, 40))
			line(g, "struct region *v%u = &%s.inner;", g->names, w->name);
		else if (r)
			line(g, "struct region *v%u = &%s;", g->names, r->name);
		else
			line(g, "struct region *v%u = &d->region;", g->names);
		var_new(g, VAR_REGION_POINTER, NULL);
		return;
	}
	value = expr_text(g, 1);
	switch (pick(g, 5)) {
	case 0:
		line(g, "*%s = d->region;", p->name);
		break;
	case 1:
		if (r)
			line(g, "%s = *%s;", r->name, p->name);
		break;
	case 2:
		line(g, "%s->base++;", p->name);
		break;
	default:
		use(g, USE_COMPOUND);
		line(g, "%s->%s %s %s;", p->name, pick(g, 2) ? "len" : "base",
		     pick(g, 2) ? "+=" : "=", value);
		break;
	}
	free(value);
}

static void member_pointer(struct gen *g)
{
	struct var *r = var_of(g, VAR_REGION, true), *s = var_of(g, VAR_REGS, true),
		   *a = var_of(g, VAR_ARRAY, true);
	unsigned k = pick(g, 4);

	use(g, USE_MEMBER_POINTER);
	if (k == 0 && r)
		line(g, "u32 *v%u = &%s.%s;", g->names, r->name, pick(g, 2) ? "base" : "len");
	else if (k == 1 && s)
		line(g, "u32 *v%u = &%s.reg[%u];", g->names, s->name, pick(g, 4));
	else if (k == 2 && a)
		line(g, "u32 *v%u = &%s[%u];", g->names, a->name, pick(g, 4));
	else
		line(g, "u32 *v%u = &%s->%s;", g->names, dev_expr(g),
		     pick(g, 2) ? "count" : "region.len");
	var_new(g, VAR_POINTER, "u32");
}

/* Along an array, never out of it. */
static void walk(struct gen *g)
{
	struct var *a = var_of(g, VAR_ARRAY, true);
	unsigned v = g->names, by = 1 + pick(g, 2);
	char *value;

	if (!a) {
		line(g, "u32 v%u[4] = { 1, %u };", g->names, pick(g, 50));
		var_new(g, VAR_ARRAY, NULL);
		return;
	}
	use(g, USE_POINTER_STEP);
	value = expr_text(g, 1);
	v = g->names++;
	line(g, "{");
	g->indent++;
	line(g, "u32 *v%u = %s%s;", v, a->name, pick(g, 2) ? " + 1" : "");
	switch (pick(g, 4)) {
	case 0:
		line(g, "*v%u++ = %s;", v, value);
		line(g, "*v%u += 3;", v);
		break;
	case 1:
		line(g, "v%u += %u;", v, by);
		line(g, "v%u[-1] = %s;", v, value);
		break;
	case 2:
		line(g, "*(v%u + %u) ^= %s;", v, by, value);
		break;
	default:
		line(g, "v%u[%u] = *v%u + %s;", v, by, v, value);
		line(g, "open_count = &%s[3] - v%u;", a->name, v);
		break;
	}
	g->indent--;
	line(g, "}");
	free(value);
}

static void loop_array(struct gen *g)
{
	struct var *a = var_of(g, VAR_ARRAY, true), *s = var_of(g, VAR_REGS, true);
	unsigned i;
	char *value;

	if (!a && !s) {
		walk(g);
		return;
	}
	use(g, USE_LOOP_ARRAY);
	use(g, USE_COUNTED);
	value = expr_text(g, 1);
	i = g->names++;
	line(g, "for (int v%u = 0; v%u < %u; v%u++)", i, i, 2 + pick(g, 3), i);
	g->indent++;
	if (s && (!a || pick(g, 2)))
		line(g, "%s.reg[v%u] %s %s;", s->name, i, pick(g, 2) ? "=" : "+=", value);
	else
		line(g, "%s[v%u] %s v%u;", a->name, i, pick(g, 2) ? "=" : "+=", i);
	g->indent--;
	free(value);
}

static void device(struct gen *g)
{
	struct var *v = var_of(g, VAR_DEV, false);
	char *value = expr_text(g, 1);

	use(g, USE_ALIAS);
	if (v && chance(g, 70)) {
		line(g, "%s->%s = %s;", v->name, dev_scalar(g), value);
	} else if (!g->depth && chance(g, 30)) {
		use(g, USE_REASSIGN);
		line(g, "d = %s;", pick(g, 2) ? "d->peer" : "the_dev");
	} else {
		line(g, "struct dev *v%u = %s;", g->names,
		     pick(g, 3) ? dev_expr(g) : "d->enabled ? d : d->peer");
		var_new(g, VAR_DEV, NULL);
	}
	free(value);
}

void pointer_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (k < 30)
		record_pointer(g);
	else if (k < 50)
		member_pointer(g);
	else if (k < 65)
		walk(g);
	else if (k < 80)
		loop_array(g);
	else
		device(g);
}
