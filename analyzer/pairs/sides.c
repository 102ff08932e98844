// SPDX-License-Identifier: GPL-2.0-only
/* What a comparison needs to know of one function: its contract, its tables, and what they have there. */
#include <stdlib.h>
#include <string.h>

#include "pairs/internal.h"

static void function_free(struct prove_function *f)
{
	strlist_free(&f->params);
}

void side_free(struct prove_side *s)
{
	struct prove_error_hook *h;
	struct prove_peer *peer;
	struct prove_table *t;

	vec_each(peer, &s->peers)
		free(peer->name);
	vec_free(&s->peers);
	vec_each(h, &s->error_hooks) {
		free(h->name);
		function_free(&h->function);
	}
	vec_free(&s->error_hooks);
	vec_each(t, &s->tables) {
		free(t->name);
		function_free(&t->mapped);
		function_free(&t->open);
		function_free(&t->close);
	}
	vec_free(&s->tables);
	memset(s, 0, sizeof(*s));
}

/* Tables that the value can be the address of. */
static void named_by(const struct terms *t, term_t vm_ops, struct strlist *names)
{
	const struct term *x = term_at(t, term_strip(t, vm_ops));

	if (x->op == TERM_GLOBAL) {
		strlist_add(names, x->name);
	} else if (x->op == TERM_ITE) {
		named_by(t, x->b, names);
		named_by(t, x->c, names);
	}
}

/* Tables that a path installs, in order of their names. */
static void installed(const struct contract *c, struct strlist *names)
{
	const struct effect *f;
	const struct path *p;

	vec_each(p, &c->paths)
		if (p->cells[CELL_VM_OPS])
			named_by(c->terms, p->cells[CELL_VM_OPS], names);
	for (f = c->effects; f < c->effects + c->nr_effects; f++)
		if (f->kind == EFFECT_VM_OPS && *f->name && strcmp(f->name, "NULL"))
			strlist_add(names, f->name);
	strlist_sort_once(names);
}

static bool takes(const struct function *fn, const char *type)
{
	size_t i;

	for (i = 0; i < fn->nr_params; i++)
		if (strstr(fn->params[i].type, type))
			return true;
	return false;
}

bool side_takes_vma(const struct pair_side *s, const struct pair_file *from)
{
	return takes(unit_function(&from->reading.unit, s->function), "struct vm_area_struct *");
}

/* The tables of one of the side's functions, and what it leaves in action.error_hook. */
static void fill_from(struct pairs *p, struct prove_side *s, struct pair_file *from, const struct contract *c, bool *asked)
{
	size_t i, nr_tables = s->tables.nr, nr_hooks = s->error_hooks.nr, k;
	struct strlist tables = { 0 }, hooks = { 0 };
	struct prove_error_hook *h;

	/* First, since what is asked for can free c. */
	installed(c, &tables);
	prove_error_hooks(c, &hooks);
	for (i = 0; i < tables.nr; i++) {
		for (k = 0; k < nr_tables && strcmp(s->tables.items[k].name, tables.items[i]); k++)
			;
		/* Of two files: which of two of that name it is cannot be told. */
		if (k < nr_tables)
			s->tables.items[k].seen = false;
		else
			table_fill(p, from, tables.items[i], vec_push(&s->tables), asked);
	}
	for (i = 0; i < hooks.nr; i++) {
		for (k = 0; k < nr_hooks && strcmp(s->error_hooks.items[k].name, hooks.items[i]); k++)
			;
		if (k < nr_hooks) {
			s->error_hooks.items[k].function.contract = NULL;
			continue;
		}
		h = vec_push(&s->error_hooks);
		h->name = xstrdup(hooks.items[i]);
		function_fill(from, h->name, &h->function, asked);
	}
	strlist_free(&tables);
	strlist_free(&hooks);
}

bool side_fill(struct pairs *p, struct pair_side *s, struct pair_file *from)
{
	const struct contract *c = pair_file_contract(from, s->function);
	struct peer_places places = { 0 };
	bool asked = false;
	size_t i;

	side_free(&s->side);
	s->side.file = s->file;
	s->side.function = s->function;
	if (!c)
		return !from->done;
	s->side.contract = c;
	s->side.initials = &from->reading.unit.initials;
	s->side.is_hook = takes(unit_function(&from->reading.unit, s->function), "struct vm_area_desc *");
	asked = peers_fill(p, &s->side, from, &places);
	if (!asked)
		fill_from(p, &s->side, from, c, &asked);
	for (i = 0; i < places.nr && !asked; i++)
		if (s->side.peers.items[i].contract)
			fill_from(p, &s->side, places.items[i].file, s->side.peers.items[i].contract, &asked);
	vec_free(&places);
	return asked;
}
