// SPDX-License-Identifier: GPL-2.0-only
/* What the compiler saw and what the text says, joined: handlers, instances, definitions. */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"
#include "tree/fields.h"

struct handler *scan_handler_find(struct scan *s, const char *file, const char *function)
{
	struct handler *h;

	vec_each(h, &s->inv->handlers)
		if (!strcmp(h->function, function) && !strcmp(h->file, file))
			return h;
	return NULL;
}

static void add_definitions(struct scan *s, struct handler *h)
{
	const struct text_function *f;
	struct definition *d;

	vec_each(f, &s->search.facts.functions) {
		if (strcmp(f->name, h->function))
			continue;
		if (f->kind == TEXT_DECLARATION) {
			if (!strcmp(f->file, h->file) || str_ends(f->file, ".h"))
				strlist_addf(&h->declarations, "%s:%u", f->file, f->line);
			continue;
		}
		if (strcmp(f->file, h->file))
			continue;
		d = vec_push(&h->definitions);
		d->file = xstrdup(f->file);
		d->line = f->line;
		d->condition = xstrdup(f->condition);
		d->is_null_define = f->kind == TEXT_NULL_DEFINE;
		if (!h->line && !d->is_null_define)
			h->line = d->line;
	}
}

static struct handler *add_handler(struct scan *s, const char *file, const char *function)
{
	struct handler *h = scan_handler_find(s, file, function);

	if (h)
		return h;
	h = vec_push(&s->inv->handlers);
	h->file = xstrdup(file);
	h->function = xstrdup(function);
	h->id = xasprintf("%s:%s", file, function);
	h->interface = xstrdup("file_operations.mmap");
	h->tier = 1;
	add_definitions(s, h);
	return h;
}

static struct instance *add_instance(struct handler *h, const char *table, const char *file, unsigned line,
				     const char *how, bool confirmed)
{
	struct instance *i;

	vec_each(i, &h->instances)
		if (i->line == line && !strcmp(i->file, file) && !strcmp(i->name, table))
			return i;
	i = vec_push(&h->instances);
	i->name = xstrdup(table);
	i->file = xstrdup(file);
	i->line = line;
	i->how = xstrdup(how);
	i->confirmed = confirmed;
	return i;
}

/* Where a function is defined: the file itself, what libclang saw, or what the text says. */
static const char *definition_file(struct scan *s, const char *name, const char *near, const char *seen)
{
	const struct text_function *f, *found = NULL;
	size_t best = 0, k;

	if (seen && str_ends(seen, ".c"))
		return seen;
	vec_each(f, &s->search.facts.functions) {
		if (f->kind != TEXT_DEFINITION || strcmp(f->name, name))
			continue;
		if (!strcmp(f->file, near))
			return f->file;
		/* The longest common path wins; a static function elsewhere cannot be meant. */
		for (k = 0; near[k] && near[k] == f->file[k]; k++)
			;
		if (!found || k > best) {
			found = f;
			best = k;
		}
	}
	return found ? found->file : NULL;
}

static struct text_site *text_site_at(struct scan *s, const char *file, unsigned line)
{
	struct text_site *t;

	vec_each(t, &s->search.facts.sites)
		if (t->line == line && !t->macro && !strcmp(t->file, file))
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

static void join_site(struct scan *s, const struct fops_site *site)
{
	struct text_site *t = text_site_at(s, site->file, site->line);
	const char *file;
	struct handler *h;

	if (strcmp(site->tag, TIER_1_TAG) || strcmp(site->field, TIER_1_NAME) || !strcmp(site->how, "copy"))
		return;
	if (!strcmp(site->value, "NULL") || !*site->value) {
		if (is_null_define(s, t)) {
			file = definition_file(s, t->value, t->file, NULL);
			h = add_handler(s, file ? file : t->file, t->value);
			add_instance(h, site->table, site->file, site->line, "define-null", true);
		} else if (!*site->value) {
			scan_problem(s, site->file, site->line, "parse",
				     "the mmap of %s is no plain function: not followed, look at it by hand",
				     *site->table ? site->table : "a file_operations");
		}
		return;
	}
	file = definition_file(s, site->value, site->file, site->def_file);
	if (!file) {
		scan_problem(s, site->file, site->line, "search", "no definition of %s() was found", site->value);
		file = site->file;
	}
	h = add_handler(s, file, site->value);
	add_instance(h, site->table, site->file, site->line, site->how, true);
	if (!t && !str_starts(site->how, "macro:"))
		strlist_addf(&s->inv->disagreements, "%s:%u: libclang sees .mmap = %s, the text search does not",
			     site->file, site->line, site->value);
}

static bool compiled_site(struct scan *s, const struct text_site *t)
{
	const struct fops_site *site;
	struct scan_file *f = scan_file_find(s, t->file);

	if (!f || !f->reading.unit.file)
		return false;
	vec_each(site, &f->reading.unit.sites)
		if (site->line == t->line)
			return true;
	return false;
}

/* Tables that only the text shows: another #if branch, or a file that could not be read. */
static void join_text_site(struct scan *s, const struct text_site *t)
{
	const char *file;
	struct handler *h;
	struct scan_file *f;

	if (strcmp(t->tag, TIER_1_TAG) || strcmp(t->field, TIER_1_NAME) || t->macro || !*t->value || !strcmp(t->value, "NULL") ||
	    !strcmp(t->how, "rust") || compiled_site(s, t) || !scan_path_selected(t->file, s->opt->only))
		return;
	file = definition_file(s, t->value, t->file, NULL);
	f = scan_file_find(s, t->file);
	h = add_handler(s, file ? file : t->file, t->value);
	add_instance(h, t->table, t->file, t->line, t->how, false);
	strlist_addf(&s->inv->disagreements, "%s:%u: the text says .mmap = %s%s%s, libclang %s", t->file, t->line,
		     t->value, *t->condition ? " under " : "", t->condition,
		     !f || !f->reading.unit.file ? "did not read the file"
		     : f->reading.unit.status == UNIT_FAILED ? "could not read the file"
		     : "does not see it in the configuration that was parsed");
}

/* A table copied whole brings its handler along. */
static void join_copy(struct scan *s, const struct unit *u, const struct fops_site *copy)
{
	struct handler *h;
	struct instance *i;
	bool found = false;
	size_t k, nr;
	char *text;

	vec_each(h, &s->inv->handlers) {
		nr = h->instances.nr;
		for (k = 0; k < nr; k++) {
			i = &h->instances.items[k];
			if (strcmp(i->name, copy->table) || strcmp(i->file, u->file) || !strcmp(i->how, "copy"))
				continue;
			add_instance(h, copy->table, copy->file, copy->line, "copy", true);
			found = true;
		}
	}
	if (found)
		return;
	text = xasprintf("%s:%u: copies a struct file_operations (%s): which mmap it brings along is not known here",
			 copy->file, copy->line, *copy->table ? copy->table : "through a pointer");
	/* A macro can expand to several calls. */
	strlist_add_once(&s->inv->disagreements, text);
	free(text);
}

static int compare_instances(const void *a, const void *b)
{
	const struct instance *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	if (c)
		return c;
	return x->line < y->line ? -1 : x->line > y->line ? 1 : strcmp(x->name, y->name);
}

void scan_join(struct scan *s)
{
	const struct fops_site *site;
	const struct text_site *t;
	struct scan_file *f;
	struct handler *h;

	vec_each(f, &s->files)
		vec_each(site, &f->reading.unit.sites)
			join_site(s, site);
	vec_each(t, &s->search.facts.sites)
		join_text_site(s, t);
	vec_each(f, &s->files)
		vec_each(site, &f->reading.unit.sites)
			if (!strcmp(site->how, "copy") && !strcmp(site->tag, TIER_1_TAG))
				join_copy(s, &f->reading.unit, site);
	vec_each(h, &s->inv->handlers)
		if (h->instances.nr)
			qsort(h->instances.items, h->instances.nr, sizeof(*h->instances.items), compare_instances);
}
