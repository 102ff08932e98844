// SPDX-License-Identifier: GPL-2.0-only
/* Installs to handlers with instances, definitions, declarations. */
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

/* `#define NAME NULL`, in a header that declares the function for another configuration. */
static bool is_header_define(const struct scan *s, const struct text_function *f)
{
	const struct text_function *d;

	if (f->kind != TEXT_NULL_DEFINE || !str_ends(f->file, ".h"))
		return false;
	vec_each(d, &s->search.facts.functions)
		if (d->kind == TEXT_DECLARATION && !strcmp(d->name, f->name) && !strcmp(d->file, f->file))
			return true;
	return false;
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
		if (strcmp(f->file, h->file) && !is_header_define(s, f))
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

/* A function in several fields is one handler, of the lower tier, named after the first field. */
static struct handler *add_handler(struct scan *s, const char *file, const char *function, const char *field)
{
	struct handler *h = scan_handler_find(s, file, function);
	struct scan_field *f = scan_field_find(s, field);
	size_t i;

	if (!h) {
		h = vec_push(&s->inv->handlers);
		h->file = xstrdup(file);
		h->function = xstrdup(function);
		h->id = xasprintf("%s:%s", file, function);
		h->interface = xstrdup(field);
		h->tier = strcmp(field, TIER_1_FIELD) ? 2 : 1;
		add_definitions(s, h);
	}
	for (i = 0; f && i < f->from.nr; i++)
		strlist_add_once(&h->reached_from, f->from.items[i]);
	return h;
}

static struct instance *add_instance(struct handler *h, const char *interface, const char *table,
				     const char *file, unsigned line, const char *how, bool confirmed, bool unread)
{
	struct instance *i;

	vec_each(i, &h->instances)
		if (i->line == line && !strcmp(i->file, file) && !strcmp(i->name, table) &&
		    !strcmp(i->interface, interface))
			return i;
	i = vec_push(&h->instances);
	i->interface = xstrdup(interface);
	i->name = xstrdup(table);
	i->file = xstrdup(file);
	i->line = line;
	i->how = xstrdup(how);
	i->confirmed = confirmed;
	i->unread = unread;
	return i;
}

static void disagree(struct scan *s, const struct install *i)
{
	struct scan_file *f = scan_file_find(s, i->file);
	const char *name = strchr(i->field, '.');

	/* A value without a designator names no field that a text search could see. */
	if (i->confirmed && !i->text && !str_starts(i->how, "macro:") && strcmp(i->how, "positional"))
		strlist_addf(&s->inv->disagreements, "%s:%u: libclang sees %s = %s, the text search does not",
			     i->file, i->line, name, i->value);
	/* Files that only hold tables are not read where the text says it all; a function that nobody
	 * defines is no disagreement about where it is installed. */
	if (!i->confirmed && i->text && i->def_file && (f || i->asked))
		strlist_addf(&s->inv->disagreements, "%s:%u: the text says %s = %s%s%s, libclang %s", i->file,
			     i->line, name, i->value, *i->text->condition ? " under " : "", i->text->condition,
			     !f || !f->reading.unit.file ? "did not read the file"
			     : f->reading.unit.status == UNIT_FAILED ? "could not read the file"
			     : "does not see it in the configuration that was parsed");
}

static void join(struct scan *s, const struct install *i)
{
	const char *file = i->def_file;
	struct handler *h;

	if (i->answered)
		return;
	if (i->no_function) {
		scan_problem(s, i->file, i->line, "parse",
			     "the %s of %s is no plain function: not followed, look at it by hand",
			     strchr(i->field, '.') + 1, *i->table ? i->table : i->field);
		return;
	}
	if (!file && (i->confirmed || (i->text && i->text->opaque)))
		scan_problem(s, i->file, i->line, "search", "no definition of %s() was found", i->value);
	h = add_handler(s, file ? file : i->file, i->value, i->field);
	if (!h->line)
		h->line = i->line;
	add_instance(h, i->field, i->table, i->file, i->line, i->how, i->confirmed,
		     !i->confirmed && !scan_file_find(s, i->file));
	if (strcmp(i->how, "define-null"))
		disagree(s, i);
}

/* Is the table of this instance the one that is copied? */
static bool is_source(const struct scan *s, const struct instance *i, const char *in, const struct fops_site *copy)
{
	const struct text_site *t;
	size_t len = strlen(copy->tag);

	if (strcmp(i->name, copy->table) || !strcmp(i->how, "copy") || strncmp(i->interface, copy->tag, len) ||
	    i->interface[len] != '.' || (*copy->field && strcmp(i->interface + len + 1, copy->field)))
		return false;
	if (!strcmp(i->file, in))
		return true;
	/* One that other files can name. */
	if (!copy->def_file)
		return false;
	vec_each(t, &s->search.facts.sites)
		if (t->line == i->line && !strcmp(t->file, i->file) && !strcmp(t->table, i->name))
			return !t->is_static;
	return false;
}

/* A table copied whole, or one field of it, brings its handlers along. */
static void join_copy(struct scan *s, const struct unit *u, const struct fops_site *copy)
{
	const struct instance *i;
	const struct problem *p;
	const struct scan_field *field;
	bool found = false;
	struct handler *h;
	char *interface;
	size_t k, nr;

	vec_each(h, &s->inv->handlers) {
		nr = h->instances.nr;
		for (k = 0; k < nr; k++) {
			i = &h->instances.items[k];
			if (!is_source(s, i, u->file, copy))
				continue;
			interface = xstrdup(i->interface);
			add_instance(h, interface, copy->table, copy->file, copy->line, "copy", true, false);
			free(interface);
			found = true;
		}
	}
	if (found || !strcmp(copy->value, "NULL"))
		return;
	/* A struct of tier 2 is often more than a table, and rarely copied for its handler. */
	if (!*copy->field && strcmp(copy->tag, TIER_1_TAG))
		return;
	if (*copy->field) {
		interface = xasprintf("%s.%s", copy->tag, copy->field);
		field = scan_field_find(s, interface);
		free(interface);
		if (!field || !field->reached)
			return;
	}
	/* A macro can expand to several calls, several readings see the same. */
	vec_each(p, &s->inv->problems)
		if (p->line == copy->line && !strcmp(p->file, copy->file))
			return;
	scan_problem(s, copy->file, copy->line, "parse",
		     "copies %s struct %s (%s): the %s of that table comes along, look at it by hand",
		     *copy->field ? "a field of a" : "a", copy->tag, *copy->table ? copy->table : "through a pointer",
		     *copy->field ? copy->field : TIER_1_NAME);
}

static int compare_instances(const void *a, const void *b)
{
	const struct instance *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	if (!c && x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (!c)
		c = strcmp(x->name, y->name);
	return c ? c : strcmp(x->interface, y->interface);
}

/* The installs of tier 1, or of one field of tier 2. */
static void join_field(struct scan *s, const char *field)
{
	const struct install *i;

	vec_each(i, &s->installs)
		if (!strcmp(i->field, field) && (i->confirmed || s->wide || scan_path_selected(i->file, s->opt->only)))
			join(s, i);
}

void scan_join_tier_1(struct scan *s)
{
	join_field(s, TIER_1_FIELD);
}

void scan_join_tier_2(struct scan *s)
{
	const struct fops_site *site;
	struct scan_field *field;
	const struct reading *r;
	struct scan_file *f;
	struct handler *h;
	size_t i;

	vec_each(field, &s->fields)
		if (field->reached && strcmp(field->name, TIER_1_FIELD))
			join_field(s, field->name);
	vec_each(f, &s->files)
		for (i = 0; (r = scan_reading(f, i)); i++)
			vec_each(site, &r->unit.sites)
				if (!strcmp(site->how, "copy"))
					join_copy(s, &r->unit, site);
	vec_each(h, &s->inv->handlers)
		if (h->instances.nr)
			qsort(h->instances.items, h->instances.nr, sizeof(*h->instances.items), compare_instances);
}
