// SPDX-License-Identifier: GPL-2.0-only
/* What the passes of a loop do to each other: places that they change, and the ways through one. */
#include <stdlib.h>

#include "contract/engine.h"

void passes_free(struct passes *p)
{
	struct pass_way *w;

	if (!p)
		return;
	vec_each(w, &p->ways) {
		vec_free(&w->conditions);
		vec_free(&w->effects);
		vec_free(&w->values);
	}
	vec_free(&p->ways);
	vec_free(&p->places);
	free(p->unknown);
	free(p);
}

static const struct variable *variable_at(const struct state *s, term_t address)
{
	const struct variable *v;

	vec_each(v, &s->variables)
		if (v->address == address)
			return v;
	return NULL;
}

/* What the place is read as; of width 0: that is not known. */
static struct ctype type_of(struct engine *e, const struct state *s, term_t address)
{
	const struct variable *v = variable_at(s, address);
	const struct term *x = term_at(e->t, address);
	enum vma_cell cell;

	if (v)
		return v->type;
	cell = is_vma_cell(e, address) ? vma_cell_of(x->name) : CELL_NR;
	if (cell == CELL_NR || cell == CELL_PROT)
		return (struct ctype){ .kind = CTYPE_NONE };
	return cell == CELL_VM_OPS || cell == CELL_PRIVATE_DATA || cell == CELL_FILE ||
			       cell == CELL_MM
		       ? e->pointer
		       : e->word;
}

/* One unknown for a variable whose value was forgotten, whoever reads it first. */
void passes_settle(struct engine *e, struct state *s)
{
	const struct cell *c;
	struct ctype type;
	size_t i;

	for (i = 0; i < s->cells.nr; i++) {
		c = &s->cells.items[i];
		type = type_of(e, s, c->address);
		if (term_at(e->t, c->value)->type.kind == CTYPE_NONE && ctype_width(type))
			memory_read(e, s, c->address, type);
	}
}

static void unknown(struct engine *e, struct passes *p, term_t address)
{
	term_t root = address_root(e->t, address);
	const char *name = term_at(e->t, address)->name;

	if (!p->unknown)
		p->unknown =
			xasprintf("what a pass makes of %s%s%s is not followed",
				  root == e->vma ? "the mapping's " : "",
				  term_at(e->t, root)->op == TERM_LOCAL && term_at(e->t, root)->name
					  ? term_at(e->t, root)->name
					  : "",
				  root == e->vma && name ? name : "");
}

static void add_place(struct engine *e, struct passes *p, struct state *before, struct state *s,
		      term_t address)
{
	struct ctype type = type_of(e, s, address);
	struct pass_place at = { .address = address };

	if (!ctype_width(type)) {
		unknown(e, p, address);
		return;
	}
	at.pass = memory_read(e, s, address, type);
	if (term_at(e->t, at.pass)->op != TERM_FRESH) {
		unknown(e, p, address);
		return;
	}
	/* A variable that nothing was written to has no value: two of them are not two unknowns. */
	if (!variable_at(s, address) || state_cell(before, address))
		at.before = memory_read(e, before, address, type);
	*vec_push(&p->places) = at;
}

struct passes *passes_begin(struct engine *e, struct state *before, struct state *s)
{
	struct passes *p = xcalloc(1, sizeof(*p));
	const struct cell *c;
	struct addresses list = { 0 };
	term_t *a;

	p->guards = (uint32_t)s->guards.nr;
	p->outside = memory_version(before) != memory_version(s);
	vec_each(c, &s->cells) {
		const struct cell *was = state_cell(before, c->address);

		if (was && was->value == c->value)
			continue;
		if (!memory_is_own(e, address_root(e->t, c->address)))
			unknown(e, p, c->address);
		else
			*vec_push(&list) = c->address;
	}
	vec_each(a, &list)
		add_place(e, p, before, s, *a);
	vec_free(&list);
	return p;
}

void passes_way(struct engine *e, struct passes *p, struct state *s, size_t nr_effects,
		enum pass_end end)
{
	struct pass_way *w = vec_push(&p->ways);
	const struct pass_place *at;
	const struct guard *g;
	size_t i;

	w->end = end;
	for (i = p->guards; i < s->guards.nr; i++) {
		g = &s->guards.items[i];
		if (!g->term && !p->unknown)
			p->unknown = xasprintf("the condition \"%s\" is not understood", g->text);
		if (g->term)
			*vec_push(&w->conditions) =
				g->taken ? term_truth(e->t, g->term)
					 : term_not(e->t, term_truth(e->t, g->term));
	}
	for (i = nr_effects; i < s->effects.nr; i++)
		*vec_push(&w->effects) = s->effects.items[i];
	if (end != PASS_AGAIN)
		return;
	vec_each(at, &p->places)
		*vec_push(&w->values) =
			memory_read(e, s, at->address, term_at(e->t, at->pass)->type);
}
