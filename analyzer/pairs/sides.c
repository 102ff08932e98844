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
	struct prove_table *t;

	vec_each(t, &s->tables) {
		free(t->name);
		function_free(&t->mapped);
		function_free(&t->open);
		function_free(&t->close);
	}
	vec_free(&s->tables);
	memset(s, 0, sizeof(*s));
}

/* A table whose content this unit has. */
static const struct vm_ops_table *find_table(const struct pair_file *s, const char *name)
{
	const struct vm_ops_table *t;

	vec_each(t, &s->reading.unit.vm_ops)
		if (!strcmp(t->name, name) && t->is_whole)
			return t;
	return NULL;
}

/* The other file on the same architecture, with what the side's files are read instead of. */
static struct pair_file *other_file(struct pairs *p, const struct pair_file *from, const char *file)
{
	bool touched = false;
	size_t i;

	for (i = 0; i < from->nr_instead; i++)
		touched |= !strcmp(from->instead[i].file, file) || str_ends(from->instead[i].file, ".h");
	return touched ? pair_file_get(p, file, from->instead, from->nr_instead, from->arch)
		       : pair_file_get(p, file, NULL, 0, from->arch);
}

static void set_params(const struct unit *u, const char *name, struct strlist *params)
{
	const struct function *fn = unit_function(u, name);
	size_t i;

	for (i = 0; i < fn->nr_params; i++)
		strlist_add(params, fn->params[i].name ? fn->params[i].name : "");
}

/* A callback of a table; false: the table has one, and what it does is not known. */
static bool fill_function(struct pairs *p, const struct pair_file *from, const struct vm_ops_table *t,
			  const char *callback, struct prove_function *f, bool *asked)
{
	const char *name = vm_ops_callback(t, callback), *file;
	struct pair_file *s = (struct pair_file *)from;
	size_t i, len = strlen(callback);

	/* `.close = choose_one()`, or NULL. */
	for (i = 0; !name && i < t->fields.nr; i++)
		if (!strncmp(t->fields.items[i], callback, len) && t->fields.items[i][len] == '=')
			return false;
	if (!name)
		return true;
	f->contract = pair_file_contract(s, name);
	if (!f->contract && s->done && !unit_function(&s->reading.unit, name)) {
		file = elsewhere_function(&p->search, name);
		if (!file || !strcmp(file, from->file))
			return false;
		s = other_file(p, from, file);
		*asked |= pair_file_want(s, name);
		f->contract = pair_file_contract(s, name);
	}
	if (f->contract)
		set_params(&s->reading.unit, name, &f->params);
	return f->contract;
}

static void fill_table(struct pairs *p, struct pair_file *from, const char *name, struct prove_side *side, bool *asked)
{
	struct prove_table *out = vec_push(&side->tables);
	const struct vm_ops_table *t = find_table(from, name);
	struct strlist one = { 0 };
	const char *file;

	out->name = xstrdup(name);
	if (!t) {
		strlist_add(&one, name);
		elsewhere_tables(p, &one);
		strlist_free(&one);
		file = elsewhere_table(p, name);
		if (!file || !strcmp(file, from->file))
			return;
		from = other_file(p, from, file);
		*asked |= !from->done;
		t = find_table(from, name);
	}
	/* One that can be written to may hold something else by then. */
	if (!t || !t->is_const)
		return;
	out->seen = fill_function(p, from, t, "mapped", &out->mapped, asked);
	out->seen &= fill_function(p, from, t, "open", &out->open, asked);
	out->seen &= fill_function(p, from, t, "close", &out->close, asked);
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
		fill_table(p, from, names.items[i], &s->side, &asked);
	strlist_free(&names);
	return asked;
}
