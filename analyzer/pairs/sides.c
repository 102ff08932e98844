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
	struct prove_table *t;

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

bool side_fill(struct pairs *p, struct pair_side *s, struct pair_file *from)
{
	const struct contract *c = pair_file_contract(from, s->function);
	struct prove_error_hook *h;
	struct strlist names = { 0 };
	bool asked = false;
	size_t i;

	side_free(&s->side);
	s->side.file = s->file;
	s->side.function = s->function;
	if (!c)
		return !from->done;
	s->side.contract = c;
	s->side.is_hook = takes(unit_function(&from->reading.unit, s->function), "struct vm_area_desc *");
	installed(c, &names);
	for (i = 0; i < names.nr; i++)
		table_fill(p, from, names.items[i], vec_push(&s->side.tables), &asked);
	strlist_free(&names);
	prove_error_hooks(c, &names);
	for (i = 0; i < names.nr; i++) {
		h = vec_push(&s->side.error_hooks);
		h->name = xstrdup(names.items[i]);
		function_fill(from, h->name, &h->function, &asked);
	}
	strlist_free(&names);
	return asked;
}
