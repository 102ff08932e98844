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
		scan_find_peers(s);
	/* `x->mmap = fn`: the text does not say of which struct, and who gets there is what all files say. */
	vec_each(site, &s->search.facts.sites)
		s->wide |= search_is_field(&s->search, site) && (is_tier_2(site) || !*site->tag) &&
			   *site->value && scan_site_selected(s, site);
	for (i = 0; i < s->search.candidates.nr; i++)
		if (s->wide || scan_path_selected(s->search.candidates.items[i], only))
			scan_add_file(s, s->search.candidates.items[i]);
	vec_each(site, &s->search.facts.sites) {
		if (!search_is_field(&s->search, site) || !*site->value || !strcmp(site->value, "NULL"))
			continue;
		if (!s->wide && (is_tier_2(site) || !scan_site_selected(s, site)))
			continue;
		choose_for_site(s, site);
		if (s->wide)
			dispatch_follow(s->dispatch, site->file, site->value, want_dispatcher, s);
	}
}
