// SPDX-License-Identifier: GPL-2.0-only
/* Which files libclang reads, for which architecture. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "scan/internal.h"
#include "tree/fields.h"

struct scan_file *scan_file_find(struct scan *s, const char *file)
{
	struct scan_file *f;

	vec_each(f, &s->files)
		if (!strcmp(f->file, file))
			return f;
	return NULL;
}

static struct scan_file *add_file(struct scan *s, const char *file)
{
	struct scan_file *f = scan_file_find(s, file);

	if (!f) {
		f = vec_push(&s->files);
		f->file = xstrdup(file);
	}
	return f;
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

static bool defined_in(const struct search *search, const char *file, const char *name)
{
	const struct text_function *f;

	vec_each(f, &search->facts.functions)
		if (f->kind == TEXT_DEFINITION && !strcmp(f->name, name) && !strcmp(f->file, file))
			return true;
	return false;
}

/* The file that holds a site's table and those that may define its handler are read together. */
static void choose_for_site(struct scan *s, const struct text_site *site)
{
	const struct text_function *f;
	bool here = defined_in(&s->search, site->file, site->value), selected;

	selected = scan_path_selected(site->file, s->opt->only);
	if (!here)
		vec_each(f, &s->search.facts.functions)
			if (f->kind == TEXT_DEFINITION && !strcmp(f->name, site->value) && str_ends(f->file, ".c"))
				selected |= scan_path_selected(f->file, s->opt->only);
	if (!selected)
		return;
	if (here && str_ends(site->file, ".c"))
		strlist_add_once(&add_file(s, site->file)->functions, site->value);
	if (here)
		return;
	vec_each(f, &s->search.facts.functions)
		if (f->kind == TEXT_DEFINITION && !strcmp(f->name, site->value) && str_ends(f->file, ".c"))
			strlist_add_once(&add_file(s, f->file)->functions, site->value);
	if (strlist_has(&s->search.candidates, site->file))
		add_file(s, site->file);
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct scan_file *)a)->file, ((const struct scan_file *)b)->file);
}

void scan_choose_files(struct scan *s)
{
	const struct text_site *site;
	size_t i;

	for (i = 0; i < s->search.candidates.nr; i++)
		if (scan_path_selected(s->search.candidates.items[i], s->opt->only))
			add_file(s, s->search.candidates.items[i]);
	vec_each(site, &s->search.facts.sites)
		if (strcmp(site->field, TIER_1_NAME))
			continue;
		else if (!search_other_struct(site) && *site->value && strcmp(site->value, "NULL") &&
		    strcmp(site->tag, "") && strcmp(site->how, "assignment"))
			choose_for_site(s, site);
		else if (!*site->tag && *site->value)
			choose_for_site(s, site);
	if (s->files.nr)
		qsort(s->files.items, s->files.nr, sizeof(*s->files.items), compare_files);
}

/* The architectures to try for a file, in order: the one that its path names, or all. */
static const struct arch *next_arch(const struct scan_file *f)
{
	const struct arch *own = arch_of_path(f->file);
	size_t i;

	/* An architecture that no compiler here builds is no reason to try the others. */
	if (!own && str_starts(f->file, "arch/"))
		own = &arch_table[0];
	if (own)
		return f->tried & (1u << (own - arch_table)) ? NULL : own;
	for (i = 0; i < arch_nr; i++)
		if (!(f->tried & (1u << i)) && !arch_table[i].own_only)
			return &arch_table[i];
	return NULL;
}

static bool better(const struct unit *a, const struct unit *b)
{
	if (!b->file)
		return true;
	if (a->status != b->status)
		return a->status < b->status;
	return a->nr_errors < b->nr_errors;
}

/* Fields that hold handlers, and the hooks beside them. */
static void wanted_fields(struct scan *s, struct strlist *fields)
{
	size_t i;

	for (i = 0; i < s->search.fields.nr; i++)
		strlist_add(fields, s->search.fields.items[i]);
	for (i = 0; i < s->search.hooks.nr; i++)
		strlist_add_once(fields, s->search.hooks.items[i]);
	strlist_sort(fields);
}

/* Parse these files (indices) for one architecture each and keep what reads better. */
static int parse_round(struct scan *s, const struct arch *arch, const size_t *which, size_t nr)
{
	struct read_options opt = { .jobs = s->opt->jobs, .timeout_s = s->opt->parse_timeout_s,
				    .no_pch = s->opt->no_pch };
	struct read_request *requests = xcalloc(nr, sizeof(*requests));
	struct reading *readings = xcalloc(nr, sizeof(*readings));
	struct strlist names = { 0 };
	size_t i, k, n = 0;
	const struct unit *u;
	struct scan_file *f;
	int ret;

	for (i = 0; i < nr; i++)
		strlist_add(&names, s->files.items[which[i]].file);
	ret = flags_load(s->flags, arch, &names);
	for (i = 0; i < nr && !ret; i++) {
		f = &s->files.items[which[i]];
		f->tried |= 1u << (arch - arch_table);
		requests[n].command = flags_find(s->flags, arch, f->file);
		if (!requests[n].command)
			continue;
		requests[n].arch = arch;
		requests[n].file = xstrdup(f->file);
		for (k = 0; k < f->functions.nr; k++)
			strlist_add(&requests[n].functions, f->functions.items[k]);
		wanted_fields(s, &requests[n].fields);
		n++;
	}
	if (!ret && n)
		ret = read_files(s->tree, requests, n, &opt, readings);
	for (i = 0; i < n; i++) {
		f = scan_file_find(s, requests[i].file);
		u = &f->reading.unit;
		if (!ret && better(&readings[i].unit, u)) {
			reading_free(&f->reading);
			f->reading = readings[i];
			f->arch = arch;
		} else {
			reading_free(&readings[i]);
		}
		/* Flags that do not depend on the architecture make no other one better. */
		if (u->file && (u->status == UNIT_FULL || requests[i].command->source != FLAGS_KBUILD))
			f->done = true;
		free(requests[i].file);
		strlist_free(&requests[i].functions);
		strlist_free(&requests[i].fields);
	}
	strlist_free(&names);
	free(requests);
	free(readings);
	return ret;
}

int scan_parse(struct scan *s)
{
	size_t *which = xcalloc(s->files.nr, sizeof(*which)), nr, i;
	const struct arch *arch;
	int ret = 0;

	/* One architecture after the other: each costs a kbuild folder the first time. */
	for (arch = arch_table; arch < arch_table + arch_nr && !ret; arch++) {
		for (i = nr = 0; i < s->files.nr; i++)
			if (!s->files.items[i].done && next_arch(&s->files.items[i]) == arch)
				which[nr++] = i;
		if (nr)
			ret = parse_round(s, arch, which, nr);
	}
	free(which);
	return ret;
}
