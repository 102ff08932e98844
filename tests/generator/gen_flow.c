// SPDX-License-Identifier: GPL-2.0-only
/* Branches, loops and scopes of a random handler. */
#include <stdlib.h>

#include "gen_internal.h"

static void if_else(struct gen *g)
{
	char *cond = condition_text(g);

	use(g, USE_IF);
	line(g, "if (%s)", cond);
	if (chance(g, 45)) {
		g->indent++;
		leave(g);
		g->indent--;
	} else {
		block(g, 1 + pick(g, 3));
		if (chance(g, 45)) {
			line(g, "else");
			block(g, 1 + pick(g, 2));
		}
	}
	free(cond);
}

static void switch_cases(struct gen *g)
{
	unsigned i, n = 2 + pick(g, 3), low = pick(g, 3), high, at_default = pick(g, n + 2);
	char *value = expr_text(g, 1);

	use(g, USE_SWITCH);
	line(g, "switch ((%s) & %u) {", value, pick(g, 2) ? 7 : 15);
	for (i = 0; i < n; i++) {
		if (i == at_default)
			line(g, "default:");
		if (chance(g, 30)) {
			use(g, USE_CASE_RANGE);
			high = low + 1 + pick(g, 2);
			line(g, "case %u ... %u:", low, high);
			low = high;
		} else {
			line(g, "case %u:", low);
		}
		low += 1 + pick(g, 2);
		if (chance(g, 20)) {
			use(g, USE_FALLTHROUGH);
			line(g, "case %u:", low++);
		}
		g->indent++;
		block(g, 1 + pick(g, 2));
		if (chance(g, 25) && i + 1 < n) {
			use(g, USE_FALLTHROUGH);
			line(g, "fallthrough;");
		} else if (chance(g, 25) && !g->in_loop) {
			leave(g);
		} else {
			line(g, "break;");
		}
		g->indent--;
	}
	line(g, "}");
	free(value);
}

/* break and continue in the loop that is open. */
static void jump_in_loop(struct gen *g)
{
	char *cond = condition_text(g);

	use(g, USE_BREAK);
	line(g, "if (%s)", cond);
	g->indent++;
	line(g, "%s;", pick(g, 2) ? "break" : "continue");
	g->indent--;
	free(cond);
}

static void loop_body(struct gen *g, int branches)
{
	int kept = g->branches;
	bool outer = g->in_loop;

	g->in_loop = true;
	g->branches = branches < kept ? branches : kept;
	block(g, 1 + pick(g, 2));
	g->branches = kept - (branches < kept ? branches : kept);
	g->in_loop = outer;
}

static void counted(struct gen *g)
{
	unsigned n = 1 + pick(g, 3), v;
	size_t vars = g->vars.nr;

	use(g, USE_COUNTED);
	v = g->names;
	switch (pick(g, 3)) {
	case 0:
		line(g, "for (u32 v%u = 0; v%u < %u; v%u++)", v, v, n, v);
		var_new(g, VAR_SCALAR, "u32")->fixed = true;
		loop_body(g, 1);
		g->vars.nr = vars;
		break;
	case 1:
		line(g, "int v%u = %u;", v, n);
		var_new(g, VAR_SCALAR, "int")->fixed = true;
		line(g, "while (v%u--)", v);
		loop_body(g, 1);
		g->vars.items[vars].fixed = false;
		break;
	default:
		line(g, "u8 v%u = 0;", v);
		var_new(g, VAR_SCALAR, "u8")->fixed = true;
		line(g, "do");
		loop_body(g, 1);
		line(g, "while (++v%u < %u);", v, n);
		g->vars.items[vars].fixed = false;
		break;
	}
}

static void goto_back(struct gen *g)
{
	unsigned v = g->names, label = g->names + 1;

	use(g, USE_GOTO_BACK);
	g->names++;
	line(g, "u32 v%u = 0;", v);
	g->names++;
	line(g, "again%u:", label);
	block(g, 1 + pick(g, 2));
	line(g, "if (++v%u < %u)", v, 2 + pick(g, 2));
	g->indent++;
	line(g, "goto again%u;", label);
	g->indent--;
}

/* How often is not known beforehand. */
static void loop(struct gen *g)
{
	char *n = expr_text(g, 1);
	unsigned v = g->names;
	size_t vars = g->vars.nr;

	use(g, USE_LOOP);
	if (pick(g, 2)) {
		line(g, "for (u32 v%u = 0; v%u < ((%s) & 3); v%u++)", v, v, n, v);
		var_new(g, VAR_SCALAR, "u32")->fixed = true;
		loop_body(g, 1);
	} else {
		line(g, "u32 v%u = 0;", v);
		var_new(g, VAR_SCALAR, "u32")->fixed = true;
		line(g, "do");
		loop_body(g, 1);
		line(g, "while (++v%u < ((%s) & 3));", v, n);
		if (!g->no_return)
			line(g, "ret = v%u == 1 ? ret : 1;", v);
	}
	g->vars.nr = vars;
	free(n);
}

/* The mapping page by page, until one fails. */
static void insert_loop(struct gen *g)
{
	unsigned v = g->names++;

	use(g, USE_INSERT_LOOP);
	line(g, "for (unsigned long v%u = vma->vm_start; v%u < vma->vm_end; v%u += PAGE_SIZE) {", v,
	     v, v);
	g->indent++;
	line(g, "ret = vm_insert_page(vma, v%u, d->pages[%s]);", v,
	     pick(g, 2) ? "0" : "d->count & 3");
	line(g, "if (ret)");
	g->indent++;
	leave(g);
	g->indent--;
	if (pick(g, 2))
		line(g, "d->count++;");
	g->indent--;
	line(g, "}");
}

static void guarded(struct gen *g)
{
	bool spin = pick(g, 3) == 0;

	use(g, USE_GUARD);
	line(g, "{");
	g->indent++;
	g->depth++;
	line(g, "guard(%s)(&%s->%s);", spin ? "spinlock" : "mutex", dev_expr(g),
	     spin ? "slock" : "lock");
	block(g, 1 + pick(g, 3));
	if (chance(g, 40)) {
		use(g, USE_CLASS);
		line(g, "CLASS(%s, v%u)(%s);", g->file ? "file_ref" : "mutex", g->names,
		     g->file ? "file" : "&d->peer->lock");
		g->names++;
		block(g, 1 + pick(g, 2));
	}
	g->depth--;
	g->indent--;
	line(g, "}");
}

static void scoped(struct gen *g)
{
	bool outer = g->in_loop;

	use(g, USE_SCOPED_GUARD);
	line(g, "%s(%s, &d->%s)", pick(g, 2) ? "scoped_guard" : "scoped_class",
	     pick(g, 2) ? "mutex" : "mutex", "lock");
	/* It is a loop to the compiler: break would leave it, not the loop around. */
	g->in_loop = false;
	block(g, 1 + pick(g, 3));
	g->in_loop = outer;
}

static void freed(struct gen *g)
{
	unsigned v = g->names++;
	bool give = pick(g, 2);

	use(g, USE_FREE);
	use(g, USE_MEMORY);
	line(g, "{");
	g->indent++;
	g->depth++;
	line(g, "struct item *v%u __free(kfree) = %s(sizeof(*v%u), GFP_KERNEL);", v,
	     pick(g, 2) ? "kmalloc" : "kzalloc", v);
	line(g, "if (!v%u)", v);
	g->indent++;
	leave(g);
	g->indent--;
	block(g, 1 + pick(g, 2));
	if (give)
		line(g, "d->mem = no_free_ptr(v%u);", v);
	g->depth--;
	g->indent--;
	line(g, "}");
}

void flow_statement(struct gen *g)
{
	unsigned k = pick(g, 100);

	if (g->depth > 3 || g->branches <= 0) {
		value_statement(g);
		return;
	}
	if (g->in_loop && k < 30) {
		g->branches--;
		jump_in_loop(g);
	} else if (k < 52) {
		g->branches--;
		if_else(g);
	} else if (k < 62) {
		g->branches -= 3;
		switch_cases(g);
	} else if (k < 70) {
		counted(g);
	} else if (k < 74 && !g->in_loop) {
		goto_back(g);
	} else if (k < 80 && g->weak) {
		if (g->vma && !g->no_return && !g->in_loop && pick(g, 2))
			insert_loop(g);
		else
			loop(g);
	} else if (k < 85) {
		guarded(g);
	} else if (k < 91) {
		scoped(g);
	} else if (k < 95 && !g->no_return) {
		g->branches--;
		freed(g);
	} else if (k < 98) {
		block(g, 2);
	} else {
		value_statement(g);
	}
}
