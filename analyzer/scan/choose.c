// SPDX-License-Identifier: GPL-2.0-only
/* Which files libclang reads, and for which functions. */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"
#include "tree/fields.h"

enum { CONFIRMED_TABLES = 8 };		/* of one tier 1 function; a subsystem's default is in a hundred */

static int compare_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct scan_file *)item)->file);
}

struct scan_file *scan_file_find(struct scan *s, const char *file)
{
	return s->files.nr ? bsearch(file, s->files.items, s->files.nr, sizeof(*s->files.items), compare_name)
			   : NULL;
}

struct scan_file *scan_add_file(struct scan *s, const char *file)
{
	struct scan_file *f = scan_file_find(s, file);
	size_t i;

	if (f)
		return f;
	vec_push(&s->files);
	for (i = s->files.nr - 1; i && strcmp(s->files.items[i - 1].file, file) > 0; i--)
		s->files.items[i] = s->files.items[i - 1];
	f = &s->files.items[i];
	memset(f, 0, sizeof(*f));
	f->file = xstrdup(file);
	return f;
}

bool scan_want(struct scan *s, const char *file, const char *function)
{
	struct scan_file *f = scan_add_file(s, file);

	if (!strlist_add_once(&f->functions, function))
		return false;
	if (f->reading.unit.file) {
		f->again = true;
		f->done = false;
	}
	return true;
}

bool scan_path_selected(const char *file, const struct strlist *only)
{
	const char *item, *colon;
	size_t i, len;

	if (!only || !only->nr)
		return true;
	for (i = 0; i < only->nr; i++) {
		item = only->items[i];
		colon = strchr(item, ':');
		len = colon ? (size_t)(colon - item) : strlen(item);
		while (len && item[len - 1] == '/')
			len--;
		if (!strncmp(file, item, len) && (!file[len] || (file[len] == '/' && !colon)))
			return true;
	}
	return false;
}

bool scan_selected(const struct handler *h, const struct strlist *only)
{
	const char *item, *colon;
	size_t i;

	if (!only || !only->nr)
		return true;
	for (i = 0; i < only->nr; i++) {
		struct strlist one = { .items = &only->items[i], .nr = 1 };

		item = only->items[i];
		colon = strchr(item, ':');
		if (colon ? !strcmp(h->id, item) : scan_path_selected(h->file, &one))
			return true;
	}
	return false;
}

/* Does the selection name what a site installs: the function, its file, or the table's file? */
static bool site_selected(struct scan *s, const struct text_site *site)
{
	const struct strlist *only = s->opt->only;
	const struct text_function *f;
	const char *colon;
	size_t i, at = 0;

	if (!only || !only->nr || strlist_has(&s->peers, site->value))
		return true;
	for (i = 0; i < only->nr; i++) {
		struct strlist one = { .items = &only->items[i], .nr = 1 };

		colon = strchr(only->items[i], ':');
		if (colon && strcmp(colon + 1, site->value) && *site->value && !site->opaque)
			continue;
		if (scan_path_selected(site->file, &one))
			return true;
		for (at = 0; (f = dispatch_definition(s->dispatch, site->file, site->value, &at));)
			if (scan_path_selected(f->file, &one))
				return true;
	}
	return false;
}

static bool is_site_value(const struct scan *s, const char *name)
{
	const struct text_site *site;

	vec_each(site, &s->search.facts.sites)
		if (!strcmp(site->value, name))
			return true;
	return false;
}

static bool is_selected(const struct scan *s, const struct text_function *f)
{
	const char *colon;
	size_t i;

	for (i = 0; i < s->opt->only->nr; i++) {
		struct strlist one = { .items = &s->opt->only->items[i], .nr = 1 };

		colon = strchr(one.items[0], ':');
		if (scan_path_selected(f->file, &one) && (!colon || !strcmp(colon + 1, f->name)))
			return true;
	}
	return false;
}

/* Add a handler that is selected, that names a peer, or those that one names.  True: the list grew. */
static bool add_peers(struct scan *s, const struct text_function *f)
{
	bool is_peer = strlist_has(&s->peers, f->name) || is_selected(s, f), added = false;
	size_t i;

	for (i = 0; i < s->peers.nr && !is_peer; i++)
		is_peer = strlist_has(&f->names, s->peers.items[i]);
	if (!is_peer)
		return false;
	added = strlist_add_once(&s->peers, f->name);
	for (i = 0; i < f->names.nr; i++)
		if (is_site_value(s, f->names.items[i]))
			added |= strlist_add_once(&s->peers, f->names.items[i]);
	return added;
}

/*
 * Handlers that call each other by name move together: who selects one gets them all read.  By the names in
 * the text, which find ways that are none and miss none.
 */
static void find_peers(struct scan *s)
{
	const struct text_function *f;
	bool again = true;

	while (again) {
		again = false;
		vec_each(f, &s->search.facts.functions)
			if (f->kind == TEXT_DEFINITION && is_site_value(s, f->name))
				again |= add_peers(s, f);
	}
}

static bool is_tier_2(const struct text_site *site)
{
	return *site->tag && (strcmp(site->tag, TIER_1_TAG) || strcmp(site->field, TIER_1_NAME));
}

static bool is_tier_1(const struct text_site *site)
{
	return !strcmp(site->tag, TIER_1_TAG) && !strcmp(site->field, TIER_1_NAME);
}

/*
 * Should libclang confirm what the text says of this table?  Of tier 1 it should: these are what is
 * converted; but the hundredth table of one function tells nothing new.
 */
static bool to_confirm(const struct scan *s, const struct text_site *site)
{
	const struct text_site *t = s->search.facts.sites.items;
	unsigned before = 0;

	if (!is_tier_1(site))
		return false;
	for (; s->wide && t < site; t++)
		before += is_tier_1(t) && !t->macro && !strcmp(t->value, site->value);
	return before < CONFIRMED_TABLES;
}

/* The file that holds a site's table and those that may define its handler are read together. */
static void choose_for_site(struct scan *s, const struct text_site *site)
{
	const struct text_function *f;
	bool in_header = false, here = false, known = false;
	size_t at;

	for (at = 0; (f = dispatch_definition(s->dispatch, site->file, site->value, &at)); known = true)
		here |= !strcmp(f->file, site->file);
	for (at = 0; (f = dispatch_definition(s->dispatch, site->file, site->value, &at));) {
		if (here && strcmp(f->file, site->file))
			continue;
		if (str_ends(f->file, ".c"))
			scan_want(s, f->file, site->value);
		else
			in_header = true;
	}
	/* A function of a header is read where it is used; one that the text does not know, looked for there. */
	if (str_ends(site->file, ".c") && (in_header || !known || to_confirm(s, site) ||
					   strlist_has(&s->search.candidates, site->file)))
		scan_add_file(s, site->file);
}

static void want_dispatcher(const struct text_function *f, void *ctx)
{
	scan_want(ctx, f->file, f->name);
}

void scan_choose_files(struct scan *s)
{
	const struct strlist *only = s->opt->only;
	const struct text_site *site;
	size_t i;

	s->wide = !only || !only->nr;
	if (!s->wide)
		find_peers(s);
	/* `x->mmap = fn`: the text does not say of which struct, and who gets there is what all files say. */
	vec_each(site, &s->search.facts.sites)
		s->wide |= search_is_field(&s->search, site) && (is_tier_2(site) || !*site->tag) &&
			   *site->value && site_selected(s, site);
	for (i = 0; i < s->search.candidates.nr; i++)
		if (s->wide || scan_path_selected(s->search.candidates.items[i], only))
			scan_add_file(s, s->search.candidates.items[i]);
	vec_each(site, &s->search.facts.sites) {
		if (!search_is_field(&s->search, site) || !*site->value || !strcmp(site->value, "NULL"))
			continue;
		if (!s->wide && (is_tier_2(site) || !site_selected(s, site)))
			continue;
		choose_for_site(s, site);
		if (s->wide)
			dispatch_follow(s->dispatch, site->file, site->value, want_dispatcher, s);
	}
}
