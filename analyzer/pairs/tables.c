// SPDX-License-Identifier: GPL-2.0-only
/* What a vm_ops table has as mapped, open and close, wherever it and they are. */
#include <stdlib.h>
#include <string.h>

#include "pairs/internal.h"

/* A table whose content this unit has. */
static const struct vm_ops_table *find_table(const struct pair_file *s, const char *name)
{
	const struct vm_ops_table *t;

	vec_each(t, &s->reading.unit.vm_ops)
		if (!strcmp(t->name, name) && t->is_whole)
			return t;
	return NULL;
}

struct pair_file *pair_other_file(struct pairs *p, const struct pair_file *from, const char *file)
{
	bool touched = false;
	size_t i;

	for (i = 0; i < from->nr_instead; i++)
		touched |= !strcmp(from->instead[i].file, file) || str_ends(from->instead[i].file, ".h");
	return touched ? pair_file_get(p, file, from->instead, from->nr_instead, from->arch)
		       : pair_file_get(p, file, NULL, 0, from->arch);
}

/* The one of these files that is built there; NULL: none is, several are, or not all have been looked at. */
static struct pair_file *built_file(struct pairs *p, const struct pair_file *from, const struct strlist *files,
				    bool *asked)
{
	struct pair_file *f, *found = NULL;
	size_t i, nr = 0;

	for (i = 0; i < files->nr; i++) {
		f = pair_other_file(p, from, files->items[i]);
		*asked |= !f->done;
		if (f != from && f->done && f->command) {
			found = f;
			nr++;
		}
	}
	return nr == 1 ? found : NULL;
}

static void set_function(const struct unit *u, const char *name, struct prove_function *f)
{
	const struct function *fn = unit_function(u, name);
	size_t i;

	f->initials = &u->initials;
	for (i = 0; i < fn->nr_params; i++)
		strlist_add(&f->params, fn->params[i].name ? fn->params[i].name : "");
}

/* A callback of a table; false: the table has one, and what it does is not known. */
static bool fill_callback(struct pairs *p, const struct pair_file *from, const struct vm_ops_table *t,
			  const char *callback, struct prove_function *f, bool *asked)
{
	const char *name = vm_ops_callback(t, callback);
	struct pair_file *s = (struct pair_file *)from;
	struct strlist files = { 0 };
	size_t i, len = strlen(callback);

	/* `.close = choose_one()`, or NULL. */
	for (i = 0; !name && i < t->fields.nr; i++)
		if (!strncmp(t->fields.items[i], callback, len) && t->fields.items[i][len] == '=')
			return false;
	if (!name)
		return true;
	f->contract = pair_file_contract(s, name);
	if (!f->contract && s->done && !unit_function(&s->reading.unit, name)) {
		elsewhere_function(&p->search, name, &files);
		s = built_file(p, from, &files, asked);
		strlist_free(&files);
		if (!s)
			return false;
		*asked |= pair_file_want(s, name);
		f->contract = pair_file_contract(s, name);
	}
	if (f->contract)
		set_function(&s->reading.unit, name, f);
	return f->contract;
}

void function_fill(struct pair_file *from, const char *name, struct prove_function *f, bool *asked)
{
	*asked |= pair_file_want(from, name);
	f->contract = pair_file_contract(from, name);
	if (f->contract)
		set_function(&from->reading.unit, name, f);
}

/* A table that sets none of them, for certain. */
static bool sets_nothing(const struct pair_file *f, const char *name)
{
	static const char *const callbacks[] = { "mapped=", "open=", "close=" };
	const struct vm_ops_table *t = find_table(f, name);
	bool nothing = t && t->is_const;
	size_t i, k;

	for (i = 0; nothing && i < t->fields.nr; i++)
		for (k = 0; k < sizeof(callbacks) / sizeof(*callbacks); k++)
			nothing &= !str_starts(t->fields.items[i], callbacks[k]);
	return nothing;
}

/* Several files have a table of that name; which of them is linked does not matter if all say the same. */
static bool all_set_nothing(struct pairs *p, const struct pair_file *from, const char *name,
			    const struct strlist *files)
{
	bool nothing = files->nr > 1;
	size_t i;

	for (i = 0; i < files->nr && nothing; i++)
		nothing = sets_nothing(pair_other_file(p, from, files->items[i]), name);
	return nothing;
}

void table_fill(struct pairs *p, struct pair_file *from, const char *name, struct prove_table *out, bool *asked)
{
	const struct vm_ops_table *t = find_table(from, name);
	const struct strlist *files;
	struct strlist one = { 0 };

	out->name = xstrdup(name);
	if (!t) {
		strlist_add(&one, name);
		elsewhere_tables(p, &one);
		strlist_free(&one);
		files = elsewhere_table(p, name);
		out->seen = all_set_nothing(p, from, name, files);
		from = built_file(p, from, files, asked);
		t = from ? find_table(from, name) : NULL;
	}
	/* One that can be written to may hold something else by then. */
	if (!t || !t->is_const)
		return;
	out->seen = fill_callback(p, from, t, "mapped", &out->mapped, asked);
	out->seen &= fill_callback(p, from, t, "open", &out->open, asked);
	out->seen &= fill_callback(p, from, t, "close", &out->close, asked);
}
