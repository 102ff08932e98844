// SPDX-License-Identifier: GPL-2.0-only
/* Files are read, each on the architecture that reads it best. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "scan/internal.h"
#include "tree/fields.h"

/* The architectures to try for a file, in order: the one that its path names, or all. */
static const struct arch *next_arch(const struct scan_file *f)
{
	const struct arch *own = arch_of_path(f->file);
	size_t i;

	if (f->again)
		return f->arch;
	/* An architecture that no compiler here builds is no reason to try the others. */
	if (!own && str_starts(f->file, "arch/"))
		own = &arch_table[0];
	if (own)
		return f->tried & (1u << (own - arch_table)) ? NULL : own;
	for (i = 0; i < arch_nr; i++)
		if (!(f->tried & (1u << i)) && (f->hinted & (1u << i)))
			return &arch_table[i];
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

const struct reading *scan_reading(const struct scan_file *f, size_t i)
{
	if (!i)
		return f->reading.unit.file ? &f->reading : NULL;
	return i <= f->more.nr ? &f->more.items[i - 1] : NULL;
}

/* What is to be read of a file, next. */
static void wanted_functions(const struct scan_file *f, struct strlist *functions)
{
	const struct reading *r = f->done ? &f->reading : NULL;
	const struct strlist *all = r ? &r->unit.wanted : &f->functions;
	size_t i, k;
	bool found;

	for (i = 0; i < all->nr; i++) {
		for (k = 0, found = false; k < f->more.nr; k++)
			found |= unit_function(&f->more.items[k].unit, all->items[i]) != NULL;
		if (!found)
			strlist_add_once(functions, all->items[i]);
	}
}

/* Keep the better reading of a file. */
static void keep_better(struct scan *s, struct scan_file *f, const struct read_request *q, struct reading *r)
{
	const struct unit *u = &f->reading.unit;

	f->hinted |= scan_hint(s, &r->unit);
	if (better(&r->unit, u)) {
		reading_free(&f->reading);
		f->reading = *r;
		f->arch = q->arch;
	} else {
		reading_free(r);
	}
	f->varies = q->command->source == FLAGS_KBUILD;
	/* Flags that do not depend on the architecture make no other one better. */
	if (u->file && (u->status == UNIT_FULL || !f->varies))
		f->done = true;
}

/* Keep a further reading of a file if it has something new. */
static void keep_more(struct scan_file *f, const struct read_request *q, struct reading *r)
{
	size_t i;

	for (i = 0; r->unit.status != UNIT_FAILED && i < q->functions.nr; i++)
		if (unit_function(&r->unit, q->functions.items[i])) {
			*vec_push(&f->more) = *r;
			return;
		}
	reading_free(r);
}

/* A file (index) and the architecture that it is to be read on. */
struct turn { size_t file; const struct arch *arch; };

/* Have the flags of all files of a round, one architecture after the other. */
static int load_flags(struct scan *s, const struct turn *turns, size_t nr)
{
	struct strlist names = { 0 };
	const struct arch *arch;
	int ret = 0;
	size_t i;

	for (arch = arch_table; arch < arch_table + arch_nr && !ret; arch++) {
		for (i = 0; i < nr; i++)
			if (turns[i].arch == arch)
				strlist_add(&names, s->files.items[turns[i].file].file);
		if (names.nr)
			ret = flags_load(s->flags, arch, &names);
		strlist_free(&names);
	}
	return ret;
}

/* Read each of these files once. */
static int read_round(struct scan *s, const struct turn *turns, size_t nr)
{
	struct read_options opt = { .jobs = s->opt->jobs, .timeout_s = s->opt->parse_timeout_s,
				    .no_pch = s->opt->no_pch, .kept = s->kept };
	struct read_request *requests = xcalloc(nr, sizeof(*requests));
	struct reading *readings = xcalloc(nr, sizeof(*readings));
	const struct arch *arch;
	struct scan_file *f;
	size_t i, n = 0;
	int ret = load_flags(s, turns, nr);

	for (i = 0; i < nr && !ret; i++) {
		f = &s->files.items[turns[i].file];
		arch = turns[i].arch;
		/* What was read with fewer functions wanted is no rival. */
		if (f->again)
			reading_free(&f->reading);
		f->again = false;
		f->tried |= 1u << (arch - arch_table);
		requests[n].command = flags_find(s->flags, arch, f->file);
		if (!requests[n].command)
			continue;
		requests[n].arch = arch;
		requests[n].file = xstrdup(f->file);
		wanted_functions(f, &requests[n].functions);
		wanted_fields(s, &requests[n].fields);
		n++;
	}
	if (!ret && n)
		ret = read_files(s->tree, requests, n, &opt, readings);
	for (i = 0; i < n; i++) {
		f = scan_file_find(s, requests[i].file);
		if (ret)
			reading_free(&readings[i]);
		else if (f->done)
			keep_more(f, &requests[i], &readings[i]);
		else
			keep_better(s, f, &requests[i], &readings[i]);
		free(requests[i].file);
		strlist_free(&requests[i].functions);
		strlist_free(&requests[i].fields);
	}
	free(requests);
	free(readings);
	return ret;
}

static bool has_condition(struct scan *s, const char *file, const char *function)
{
	const struct text_function *f;

	vec_each(f, &s->search.facts.functions)
		if (f->kind == TEXT_DEFINITION && *f->condition && !strcmp(f->name, function) &&
		    !strcmp(f->file, file))
			return true;
	return false;
}

/* Can another architecture have what this file's reading lacks, as the text has it? */
static bool lacks_functions(struct scan *s, const struct scan_file *f)
{
	struct strlist missing = { 0 };
	bool lacks = false;
	size_t i;

	if (!f->done || !f->varies || arch_of_path(f->file) || str_starts(f->file, "arch/"))
		return false;
	wanted_functions(f, &missing);
	for (i = 0; i < missing.nr && !lacks; i++)
		lacks = has_condition(s, f->file, missing.items[i]);
	strlist_free(&missing);
	return lacks;
}

/* The next architecture for what a file that is done lacks, in order, or NULL. */
static const struct arch *next_for_functions(struct scan *s, const struct scan_file *f)
{
	const struct arch *arch;

	if (!lacks_functions(s, f))
		return NULL;
	for (arch = arch_table; arch < arch_table + arch_nr; arch++)
		if (!arch->own_only && !(f->tried & (1u << (arch - arch_table))))
			return arch;
	return NULL;
}

int scan_parse(struct scan *s)
{
	struct turn *turns = xcalloc(s->files.nr, sizeof(*turns));
	bool all_done = false, more = true;
	const struct arch *arch;
	struct scan_file *f;
	size_t i, nr;
	int ret = 0;

	/*
	 * All files at once, each on its next architecture, so that nobody waits for the last file of
	 * another one.  What a file has on one is looked for on others when all are read.
	 */
	while (more && !ret) {
		for (i = nr = 0; i < s->files.nr; i++) {
			f = &s->files.items[i];
			arch = all_done ? next_for_functions(s, f) : f->done ? NULL : next_arch(f);
			if (arch)
				turns[nr++] = (struct turn){ i, arch };
		}
		if (nr)
			ret = read_round(s, turns, nr);
		more = nr > 0 || !all_done;
		all_done |= !nr;
	}
	free(turns);
	return ret;
}
