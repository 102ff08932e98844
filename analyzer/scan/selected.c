// SPDX-License-Identifier: GPL-2.0-only
/* What a selection names, and what moves with it. */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"

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

bool scan_site_selected(struct scan *s, const struct text_site *site)
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

void scan_find_peers(struct scan *s)
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
