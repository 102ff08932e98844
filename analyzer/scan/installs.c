// SPDX-License-Identifier: GPL-2.0-only
/* Where functions are put into fields: what the compiler saw and what the text says, joined. */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"
#include "tree/fields.h"

static int compare_field(const void *key, const void *item)
{
	return strcmp(key, ((const struct scan_field *)item)->name);
}

struct scan_field *scan_field_find(struct scan *s, const char *name)
{
	return s->fields.nr ? bsearch(name, s->fields.items, s->fields.nr, sizeof(*s->fields.items), compare_field)
			    : NULL;
}

/*
 * Where a function is defined: what libclang saw, the file itself, or what the text says, nearest
 * first.  A static function elsewhere cannot be meant.
 */
const char *scan_definition_file(struct scan *s, const char *name, const char *near, const char *seen)
{
	const struct text_function *f, *found = NULL;
	size_t best = 0, at = 0, k;

	if (seen && str_ends(seen, ".c"))
		return seen;
	while ((f = dispatch_definition(s->dispatch, near, name, &at))) {
		if (!strcmp(f->file, near))
			return f->file;
		for (k = 0; near[k] && near[k] == f->file[k]; k++)
			;
		if (!found || k > best) {
			found = f;
			best = k;
		}
	}
	return found ? found->file : NULL;
}

/* What the text says of a field on a line; of a macro that fills in several, of that field. */
static const struct text_site *text_site_at(struct scan *s, const struct fops_site *site)
{
	const struct text_site *t;

	vec_each(t, &s->search.facts.sites)
		if (t->line == site->line && !t->macro && !strcmp(t->field, site->field) &&
		    !strcmp(t->file, site->file))
			return t;
	return NULL;
}

/* `handler` that the preprocessor turned into NULL: the text knows its name. */
static bool is_null_define(struct scan *s, const struct text_site *t)
{
	const struct text_function *f;

	if (!t || !*t->value || !strcmp(t->value, "NULL"))
		return false;
	vec_each(f, &s->search.facts.functions)
		if (f->kind == TEXT_NULL_DEFINE && !strcmp(f->file, t->file) && !strcmp(f->name, t->value))
			return true;
	return false;
}

struct install *scan_add_install(struct scan *s, const char *tag, const char *field, const char *table,
				 const char *value, const char *how, const char *file, unsigned line)
{
	struct install *i = vec_push(&s->installs);

	i->field = xasprintf("%s.%s", tag, field);
	i->table = xstrdup(table);
	i->value = xstrdup(value);
	i->how = xstrdup(how);
	i->file = xstrdup(file);
	i->line = line;
	i->asked = strlist_has(&s->search.candidates, file);
	return i;
}

static void set_definition(struct install *i, const char *file)
{
	i->def_file = file ? xstrdup(file) : NULL;
}

static void collect_site(struct scan *s, const struct fops_site *site)
{
	const struct text_site *t = text_site_at(s, site);
	struct install *i;

	if (!field_listed(&s->search.fields, site->tag, site->field) || !strcmp(site->how, "copy") ||
	    (!strcmp(site->value, "NULL") && !is_null_define(s, t)))
		return;
	if (strcmp(site->value, "NULL") && *site->value) {
		i = scan_add_install(s, site->tag, site->field, site->table, site->value, site->how, site->file, site->line);
		set_definition(i, scan_definition_file(s, site->value, site->file, site->def_file));
	} else if (is_null_define(s, t)) {
		i = scan_add_install(s, site->tag, site->field, site->table, t->value, "define-null", site->file, site->line);
		set_definition(i, scan_definition_file(s, t->value, t->file, NULL));
		if (!i->def_file)
			set_definition(i, t->file);
	} else {
		i = scan_add_install(s, site->tag, site->field, site->table, "", site->how, site->file, site->line);
		i->no_function = true;
		i->site = site;
	}
	i->text = t;
	i->confirmed = true;
}

static bool compiled(struct scan *s, const struct text_site *t)
{
	const struct scan_file *f = scan_file_find(s, t->file);
	const struct fops_site *site;
	const struct reading *r;
	size_t i;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		vec_each(site, &r->unit.sites)
			if (site->line == t->line && !strcmp(site->field, t->field))
				return true;
	return false;
}

/*
 * What only the text shows: another #if branch, a file that could not be read, or one that libclang
 * was not asked to read because the text says it all.
 */
static void collect_text(struct scan *s, const struct text_site *t)
{
	struct install *i;

	if (!field_listed(&s->search.fields, t->tag, t->field) || t->macro || !strcmp(t->value, "NULL") ||
	    !strcmp(t->how, "rust") || compiled(s, t))
		return;
	i = scan_add_install(s, t->tag, t->field, t->table, t->value, t->how, t->file, t->line);
	i->no_function = !*t->value;
	if (!i->no_function)
		set_definition(i, scan_definition_file(s, t->value, t->file, NULL));
	i->text = t;
}

/*
 * A table or a field in the body of a .c file's own macro, that no reading of the file expanded: the
 * handler is installed where the macro is used, in a configuration that was not read.
 */
static void collect_macro(struct scan *s, const struct text_site *t, size_t nr_confirmed)
{
	struct install *i;
	size_t k;
	char *how;

	if (!t->macro || t->opaque || !str_ends(t->file, ".c") || !strcmp(t->value, "NULL") ||
	    !field_listed(&s->search.fields, t->tag, t->field))
		return;
	for (k = 0; k < nr_confirmed; k++) {
		i = &s->installs.items[k];
		if (!strcmp(i->file, t->file) && !strcmp(i->value, t->value))
			return;
	}
	how = xasprintf("macro:%s", t->macro);
	i = scan_add_install(s, t->tag, t->field, "", t->value, how, t->file, t->line);
	free(how);
	set_definition(i, scan_definition_file(s, t->value, t->file, NULL));
	i->text = t;
}

void scan_drop_installs(struct scan *s)
{
	struct install *i;

	vec_each(i, &s->installs) {
		free(i->field);
		free(i->table);
		free(i->value);
		free(i->how);
		free(i->file);
		free(i->def_file);
	}
	vec_free(&s->installs);
}

int scan_collect(struct scan *s)
{
	const struct fops_site *site;
	const struct text_site *t;
	const struct reading *r;
	struct scan_file *f;
	size_t i, nr;

	scan_drop_installs(s);
	for (i = s->fields.nr; i < s->search.fields.nr; i++)
		*vec_push(&s->fields) = (struct scan_field){ .name = s->search.fields.items[i] };
	vec_each(f, &s->files)
		for (i = 0; (r = scan_reading(f, i)); i++)
			vec_each(site, &r->unit.sites)
				collect_site(s, site);
	nr = s->installs.nr;
	vec_each(t, &s->search.facts.sites) {
		collect_text(s, t);
		collect_macro(s, t, nr);
	}
	return scan_collect_arguments(s);
}
