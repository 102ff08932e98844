// SPDX-License-Identifier: GPL-2.0-only
/* A file of random handlers, each with its helpers. */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen_internal.h"

const char *const construct_names[USE_NR] = {
#define X(id, name, floor) [USE_##id] = name,
	CONSTRUCTS(X)
#undef X
};

const unsigned char construct_floors[USE_NR] = {
#define X(id, name, floor) [USE_##id] = floor,
	CONSTRUCTS(X)
#undef X
};

static void parameter(struct gen *g, struct strbuf *b, const char *type, enum var_kind kind)
{
	struct var *v = var_new(g, kind, type);

	v->top = false;
	strbuf_addf(b, ", %s%s%s", type, kind == VAR_POINTER ? " *" : " ", v->name);
}

/* What the handler calls: with or without the vma, an int, a struct or nothing as its result. */
static void write_helper(struct gen *g)
{
	struct helper_text *f = vec_push(&g->helpers);
	struct helper_text made = { 0 };
	struct strbuf b = { 0 };
	char *value;

	snprintf(made.name, sizeof(made.name), "h%u_helper%zu", g->number, g->helpers.nr);
	made.vma = pick(g, 2);
	made.out = chance(g, 40);
	made.record = chance(g, 20);
	made.pointer = !made.record && chance(g, 15);
	made.is_void = !made.record && !made.pointer && chance(g, 25);
	made.args = pick(g, 3);
	/* It can call those before it, not itself. */
	g->helpers.nr--;

	g->in_helper = true;
	g->ladder = false;
	g->vma = made.vma;
	g->desc = g->file = false;
	g->no_return = made.record || made.is_void || made.pointer;
	g->vars.nr = 0;
	g->branches = 2;
	g->size = 5;
	strbuf_addf(&b, "HANDLER_STATIC %s %s(struct dev *d",
		    made.record	   ? "struct region"
		    : made.pointer ? "struct dev *"
		    : made.is_void ? "void"
				   : "int",
		    made.name);
	if (made.vma)
		strbuf_adds(&b, ", struct vm_area_struct *vma");
	if (made.out)
		parameter(g, &b, "u32", VAR_POINTER);
	for (unsigned i = 0; i < made.args; i++)
		parameter(g, &b, scalar_type(g), VAR_SCALAR);
	line(g, "%s)\n{", b.s);
	g->indent++;
	if (made.record)
		line(g, "struct region result = d->region;");
	else if (!made.is_void)
		line(g, "int ret = 0;");
	statements(g, 1 + pick(g, 4));
	value = expr_text(g, 1);
	if (made.record)
		line(g, "result.base %s %s;", pick(g, 2) ? "+=" : "=", value);
	if (g->no_return)
		line(g, "done: __attribute__((unused));\n\treturn%s;",
		     made.record     ? " result"
		     : !made.pointer ? ""
		     : pick(g, 2)    ? " d->enabled ? d->peer : d"
				     : " the_dev");
	else
		line(g, "return %s;", pick(g, 3) ? "ret" : "ret < 0 ? ret : 0");
	free(value);
	g->indent--;
	line(g, "}\n");
	strbuf_free(&b);
	f = &g->helpers.items[g->helpers.nr++];
	*f = made;
}

static void write_body(struct gen *g)
{
	static const char *const devices[] = { "file->private_data", "file->private_data",
					       "vma->vm_file->private_data", "the_dev",
					       "((struct dev *)file->private_data)->peer" };
	unsigned i;

	if (g->desc)
		line(g, "HANDLER_STATIC int %s(struct vm_area_desc *desc)\n{", g->h->name);
	else
		line(g, "HANDLER_STATIC int %s(struct file *file, struct vm_area_struct *vma)\n{",
		     g->h->name);
	g->indent++;
	if (g->desc)
		line(g, "struct file *file = desc->file;");
	line(g, "struct dev *d = %s;", g->desc ? devices[0] : PICK(g, devices));
	line(g, "int ret = 0;");
	for (i = pick(g, 4); i--;)
		declare(g);
	statements(g, 4 + pick(g, 9));
	if (g->labels && chance(g, 60)) {
		if (chance(g, 40))
			line(g, "return ret;");
	} else if (!g->desc && chance(g, 20) && !g->labels) {
		use(g, USE_ACTION);
		line(g,
		     "return remap_pfn_range(vma, vma->vm_start, d->pfn, vma->vm_end - vma->vm_start, vma->vm_page_prot);");
	}
	if (g->undo.s)
		strbuf_adds(g->out, g->undo.s);
	line(g, "return ret;");
	g->indent--;
	line(g, "}\n");
}

void write_helpers(struct gen *g, unsigned nr)
{
	while (nr--)
		write_helper(g);
}

void begin_body(struct gen *g)
{
	g->in_helper = g->no_return = false;
	g->ladder = chance(g, 50);
	g->desc = g->h->hook;
	g->vma = !g->desc;
	g->file = true;
	g->vars.nr = 0;
	g->branches = 5;
	g->size = 24;
}

void end_handler(struct gen *g)
{
	unsigned i;

	g->h->statements = g->statement;
	for (i = 0; i < USE_NR; i++)
		g->h->weak |= g->h->uses[i] && !construct_floors[i];
	vec_free(&g->vars);
	vec_free(&g->helpers);
	strbuf_free(&g->undo);
}

static void write_handler(struct batch *b, struct strbuf *out, unsigned number, const bool *skip,
			  size_t nr_skip)
{
	struct gen g = { .random = b->seed * 1000003 + number,
			 .number = number,
			 .out = out,
			 .skip = skip,
			 .nr_skip = nr_skip };

	g.h = vec_push(&b->handlers);
	g.h->number = number;
	g.h->hook = chance(&g, 15);
	g.h->name = xasprintf(g.h->hook ? "h%u_mmap_prepare" : "h%u_mmap", number);
	g.weak = chance(&g, 20);
	line(&g, "DRIVER_DATA HANDLER_STATIC u32 h%u_opens = 0;", number);
	line(&g, "DRIVER_TABLE HANDLER_STATIC const u32 h%u_table[4] = { %u, 0x%x, [3] = %u };\n",
	     number, pick(&g, 10), pick(&g, 1 << 20), pick(&g, 300));
	write_helpers(&g, pick(&g, 4));
	begin_body(&g);
	write_body(&g);
	end_handler(&g);
}

void batch_end(struct batch *b, struct strbuf *out, unsigned first, unsigned nr)
{
	unsigned i;

	strbuf_adds(out, "#ifndef __clang__\nu32 *const driver_words[] = {\n");
	for (i = first; i < first + nr; i++)
		strbuf_addf(out, "\t&h%u_opens,\n", i);
	strbuf_adds(out, "\tNULL\n};\n#endif\n");
	b->text = strbuf_detach(out);
}

void batch_generate(struct batch *b, uint64_t seed, unsigned first, unsigned nr, const bool *skip,
		    size_t nr_skip)
{
	struct strbuf out = { 0 };
	unsigned i;

	memset(b, 0, sizeof(*b));
	b->seed = seed;
	strbuf_adds(&out, "#include \"kernel.h\"\n\n");
	for (i = first; i < first + nr; i++)
		write_handler(b, &out, i, skip, nr_skip);
	batch_end(b, &out, first, nr);
}

void batch_free(struct batch *b)
{
	struct handler *h;

	vec_each (h, &b->handlers) {
		free(h->name);
		vec_free(&h->hints);
	}
	vec_free(&b->handlers);
	strlist_free(&b->functions);
	free(b->text);
	memset(b, 0, sizeof(*b));
}
