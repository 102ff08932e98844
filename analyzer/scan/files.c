// SPDX-License-Identifier: GPL-2.0-only
/* Files are read, each on the architecture that reads it best. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "scan/internal.h"
#include "tree/fields.h"

static bool better(const struct unit *a, unsigned rank, const struct scan_file *f)
{
	const struct unit *b = &f->reading.unit;

	if (!b->file)
		return true;
	if (a->status != b->status)
		return a->status < b->status;
	if (a->nr_errors != b->nr_errors)
		return a->nr_errors < b->nr_errors;
	return rank < f->rank;
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

bool scan_reading_has(const struct reading *r, const char *file, const char *function)
{
	const struct function *fn = r->unit.file ? unit_function(&r->unit, function) : NULL;

	return fn && !strcmp(fn->file, file) && reading_contract(r, function);
}

const struct reading *scan_reading_with(struct scan *s, const char *source, const char *file, const char *function)
{
	struct scan_file *f = scan_file_find(s, source);
	const struct reading *r;
	size_t i;

	for (i = 0; f && (r = scan_reading(f, i)); i++)
		if (scan_reading_has(r, file, function))
			return r;
	return NULL;
}

/* Keep the better reading of a file. */
static void keep_better(struct scan *s, struct scan_file *f, const struct turn *t, struct reading *r)
{
	const struct unit *u = &f->reading.unit;

	f->hinted |= scan_hint(s, &r->unit);
	if (r->unit.doubtful) {
		scan_doubt(f, t, &r->unit);
		reading_free(r);
		return;
	}
	if (better(&r->unit, t->rank, f)) {
		reading_free(&f->reading);
		f->reading = *r;
		f->arch = t->arch;
		f->rank = t->rank;
		f->no_pch = t->no_pch;
		f->innocent = scan_doubt_was_idle(f, t, u);
	} else {
		reading_free(r);
	}
	/* Flags that do not depend on the architecture make no other one better. */
	if (u->status == UNIT_FULL || !f->varies)
		f->done = true;
	if (f->done)
		scan_drop_doubts(f);
}

/* Keep a further reading of a file if it has something new. */
static void keep_more(struct scan_file *f, const struct turn *t, const struct strlist *functions, struct reading *r)
{
	size_t i;

	if (r->unit.doubtful)
		scan_doubt(f, t, &r->unit);
	for (i = 0; !r->unit.doubtful && r->unit.status != UNIT_FAILED && i < functions->nr; i++)
		if (unit_function(&r->unit, functions->items[i])) {
			*vec_push(&f->more) = *r;
			return;
		}
	reading_free(r);
}

/* Texts that are not the tree's: the file's own, or headers, which any file may include. */
static void add_instead(const struct scan *s, struct read_request *r)
{
	const struct read_instead *in = s->opt->instead, *end = in ? in + s->opt->nr_instead : NULL;

	for (; in < end; in++)
		if (str_ends(in->file, ".h") || !strcmp(in->file, r->file))
			*vec_push(&r->instead) = *in;
}

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
	const struct turn **turn_of = xcalloc(nr, sizeof(*turn_of));
	const struct turn *t;
	struct scan_file *f;
	size_t i, n = 0;
	int ret = load_flags(s, turns, nr);

	for (t = turns; t < turns + nr && !ret; t++) {
		f = &s->files.items[t->file];
		/* What was read with fewer functions wanted is no rival. */
		if (f->again)
			reading_free(&f->reading);
		f->again = false;
		f->tried |= 1u << (t->arch - arch_table);
		requests[n].command = flags_find(s->flags, t->arch, f->file);
		if (!requests[n].command)
			continue;
		if (!f->done)
			f->varies = requests[n].command->source == FLAGS_KBUILD;
		requests[n].arch = t->arch;
		requests[n].file = xstrdup(f->file);
		requests[n].no_pch = t->no_pch;
		scan_wanted_functions(f, &requests[n].functions);
		wanted_fields(s, &requests[n].fields);
		add_instead(s, &requests[n]);
		turn_of[n++] = t;
	}
	if (!ret && n)
		ret = read_files(s->tree, requests, n, &opt, readings);
	for (i = 0; i < n; i++) {
		f = &s->files.items[turn_of[i]->file];
		if (ret)
			reading_free(&readings[i]);
		else if (f->done)
			keep_more(f, turn_of[i], &requests[i].functions, &readings[i]);
		else
			keep_better(s, f, turn_of[i], &readings[i]);
		free(requests[i].file);
		strlist_free(&requests[i].functions);
		strlist_free(&requests[i].fields);
		vec_free(&requests[i].instead);
	}
	free(turn_of);
	free(requests);
	free(readings);
	return ret;
}

int scan_parse(struct scan *s)
{
	struct turn *turns = xcalloc(s->files.nr, sizeof(*turns));
	bool all_done = false, more = true, again;
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
			again = all_done ? scan_next_for_functions(s, f, &turns[nr]) : scan_next_turn(f, &turns[nr]);
			if (again)
				turns[nr++].file = i;
		}
		if (nr)
			ret = read_round(s, turns, nr);
		more = nr > 0 || !all_done;
		all_done |= !nr;
	}
	free(turns);
	return ret;
}
