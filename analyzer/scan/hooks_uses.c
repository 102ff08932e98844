// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who uses functions and macros that fill in a field for hooks with what they are given.  A macro of a header that
 * pastes a name fills in nothing itself: libclang says what it made where it is used.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "scan/hooks_internal.h"
#include "tree/fields.h"

enum { MAX_ROUNDS = 5 /* macros that expand to macros */, MAX_SOURCE = 4 << 20 /* bytes */ };

static void forget_file(struct text_arguments *list, const char *file)
{
	struct text_argument *a;
	size_t n = 0;

	vec_each(a, list)
		if (strcmp(a->file, file)) {
			list->items[n++] = *a;
		} else {
			free(a->file);
			free(a->function);
			free(a->value);
		}
	list->nr = n;
}

int hooks_arguments(struct scan *s, const struct strlist *files, const struct strlist *names,
		    struct text_arguments *out)
{
	struct strbuf text = { 0 };
	const char *file;
	size_t i;
	int ret;

	ret = search_arguments(s->tree, files, s->opt->cache, s->opt->jobs, names, out);
	for (i = 0; !ret && s->opt->instead && i < s->opt->nr_instead; i++) {
		file = s->opt->instead[i].file;
		forget_file(out, file);
		strbuf_reset(&text);
		ret = file_read(s->opt->instead[i].path, MAX_SOURCE, &text);
		if (!ret && text.len)
			text_arguments(file, text.s, text.len, names, out);
	}
	strbuf_free(&text);
	return ret;
}

static bool add_macro(struct hook_uses *u, const char *name, const char *file)
{
	struct hook_macro *m;

	vec_each(m, &u->macros)
		if (!strcmp(m->name, name) && !strcmp(m->file, file))
			return false;
	m = vec_push(&u->macros);
	m->name = xstrdup(name);
	m->file = xstrdup(file);
	return true;
}

static void macro_names(const struct hook_uses *u, struct strlist *names)
{
	const struct hook_macro *m;

	vec_each(m, &u->macros)
		strlist_add(names, m->name);
	strlist_sort_once(names);
}

/* Macros that use those, in headers and in .c files. */
static int find_users(struct scan *s, struct hook_uses *u)
{
	static const struct strlist none;
	struct text_query q = { .fields = &none, .structs = &none };
	struct text_facts facts;
	const struct text_macro *m;
	unsigned round;
	bool more = u->macros.nr > 0;
	int ret = 0;

	for (round = 0; round < MAX_ROUNDS && more && !ret; round++) {
		struct strlist names = { 0 };

		facts = (struct text_facts){ 0 };
		more = false;
		macro_names(u, &names);
		q.macros = &names;
		ret = hooks_search(s, &q, &names, &facts);
		vec_each(m, &facts.macros)
			if (!ret && strcmp(m->name, m->uses))
				more |= add_macro(u, m->name, m->file);
		text_facts_free(&facts);
		strlist_free(&names);
	}
	return ret;
}

/* Does the name stand for one of the macros in this file? */
static bool is_macro_here(const struct hook_uses *u, const struct text_argument *a)
{
	const struct hook_macro *m;

	vec_each(m, &u->macros)
		if (!strcmp(m->name, a->function) && (str_ends(m->file, ".h") || !strcmp(m->file, a->file)))
			return true;
	return false;
}

bool hook_use_is_first(const struct hook_uses *u, const struct text_argument *use)
{
	const struct text_argument *a;

	if (!is_macro_here(u, use))
		return false;
	for (a = u->list.items; a < use; a++)
		if (a->line == use->line && !strcmp(a->function, use->function) && !strcmp(a->file, use->file))
			return false;
	return true;
}

int hook_uses_find(struct scan *s, const struct text_facts *sites, hook_site_test *is_open, const void *ctx,
		   struct hook_uses *u)
{
	const struct text_site *site;
	const struct text_argument *a;
	struct strlist files = { 0 }, names = { 0 };
	size_t i;
	int ret = 0;

	vec_each(site, &sites->sites)
		if (site->macro && str_ends(site->file, ".h") && is_open(s, site, ctx))
			add_macro(u, site->macro, site->file);
	ret = find_users(s, u);
	macro_names(u, &names);
	/* Who only uses one need not have a word of vm_area_desc. */
	for (i = 0; i < s->search.sources.nr; i++)
		strlist_add(&files, s->search.sources.items[i]);
	for (i = 0; i < s->search.headers.nr; i++)
		strlist_add(&files, s->search.headers.items[i]);
	if (!ret && names.nr)
		ret = hooks_arguments(s, &files, &names, &u->list);
	vec_each(a, &u->list)
		if (!ret && str_ends(a->file, ".c") && is_macro_here(u, a))
			scan_add_file(s, a->file);
	strlist_free(&files);
	strlist_free(&names);
	return ret;
}

const struct fops_site *hook_use_made(struct scan *s, const struct text_argument *use, size_t *at)
{
	struct scan_file *f = scan_file_find(s, use->file);
	const struct fops_site *seen;
	const struct reading *r;
	size_t i, n = 0;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		vec_each(seen, &r->unit.sites)
			if (seen->line == use->line && str_starts(seen->how, "macro:") && *seen->value &&
			    strcmp(seen->value, "NULL") && field_listed(&s->search.hooks, seen->tag, seen->field) &&
			    n++ == *at) {
				++*at;
				return seen;
			}
	return NULL;
}

void hook_uses_free(struct hook_uses *u)
{
	struct hook_macro *m;

	vec_each(m, &u->macros) {
		free(m->name);
		free(m->file);
	}
	vec_free(&u->macros);
	text_arguments_free(&u->list);
}
