// SPDX-License-Identifier: GPL-2.0-only
#include "pairs/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "pairs/internal.h"
#include "scan/near.h"

enum { DEFAULT_PAGE_SHIFT = 12 };

/* How a pair is read on an architecture, so far. */
struct trial {
	unsigned tried;				/* a bit for each row of arch_table */
	const struct arch *arch, *best;		/* arch: being read, or NULL */
	unsigned score;				/* of best: 0 is perfect */
	bool done;
};

static struct pair_file *file_of(struct pairs *p, const struct pair_side *s, const struct arch *arch)
{
	return pair_file_get(p, s->file, s->instead, s->nr_instead, arch);
}

/* What speaks against a reading. */
static unsigned score(const struct pair_file *s, const char *function)
{
	const struct unit *u = &s->reading.unit;

	if (!s->command)
		return 4000000;
	return (pair_file_contract(s, function) ? 0 : 1000000) + (unsigned)u->status * 10000 +
	       (u->nr_errors > 9999 ? 9999 : u->nr_errors);
}

static const struct arch *next_arch(const struct pair *pair, const struct trial *t)
{
	const struct arch *own = pair->arch ? pair->arch : arch_of_path(pair->new_side.file);
	size_t i;

	if (!own)
		own = arch_of_path(pair->old.file);
	if (!own && (str_starts(pair->old.file, "arch/") || str_starts(pair->new_side.file, "arch/")))
		own = &arch_table[0];
	if (own)
		return t->tried & (1u << (own - arch_table)) ? NULL : own;
	for (i = 0; i < arch_nr; i++)
		if (!(t->tried & (1u << i)) && !arch_table[i].own_only)
			return &arch_table[i];
	return NULL;
}

/* The reading of a pair that was made last, against the best so far. */
static void judge(struct pairs *p, const struct pair *pair, struct trial *t)
{
	const struct pair_file *old = file_of(p, &pair->old, t->arch),
			    *new_side = file_of(p, &pair->new_side, t->arch);
	unsigned points = score(old, pair->old.function) + score(new_side, pair->new_side.function);

	if (!t->best || points < t->score) {
		t->best = t->arch;
		t->score = points;
	}
	/* Flags that do not depend on the architecture make no other one better. */
	t->done = !t->score || (old->command && old->command->source != FLAGS_KBUILD && new_side->command &&
				new_side->command->source != FLAGS_KBUILD);
	t->arch = NULL;
}

/* Every pair on the architecture that reads it best. */
static int read_pairs(struct pairs *p, const struct pair *pairs, size_t nr, struct trial *trials)
{
	bool more = true;
	size_t i;
	int ret = 0;

	while (more && !ret) {
		more = false;
		for (i = 0; i < nr; i++) {
			struct trial *t = &trials[i];

			t->arch = t->done ? NULL : next_arch(&pairs[i], t);
			t->done |= !t->arch;
			if (!t->arch)
				continue;
			more = true;
			t->tried |= 1u << (t->arch - arch_table);
			pair_file_want(file_of(p, &pairs[i].old, t->arch), pairs[i].old.function);
			pair_file_want(file_of(p, &pairs[i].new_side, t->arch), pairs[i].new_side.function);
		}
		if (more)
			ret = pair_files_read(p);
		for (i = 0; i < nr && !ret; i++)
			if (trials[i].arch)
				judge(p, &pairs[i], &trials[i]);
	}
	return ret;
}

/* Until nothing more is asked for: a table, its functions, those of another file … */
static int fill_pairs(struct pairs *p, struct pair *pairs, size_t nr)
{
	bool asked = true;
	size_t i;
	int ret = 0;

	while (asked && !ret) {
		asked = false;
		for (i = 0; i < nr; i++) {
			asked |= side_fill(p, &pairs[i].old, file_of(p, &pairs[i].old, pairs[i].arch));
			asked |= side_fill(p, &pairs[i].new_side, file_of(p, &pairs[i].new_side, pairs[i].arch));
		}
		/* This frees what the sides point to: they are filled in again. */
		if (asked)
			ret = pair_files_read(p);
	}
	return ret;
}

/* The side's file, as the user knows it. */
static const char *shown(const struct pair_side *s)
{
	size_t i;

	for (i = 0; i < s->nr_instead; i++)
		if (!strcmp(s->instead[i].file, s->file))
			return s->instead[i].path;
	return s->file;
}

/* Why a side is not there: false, it is. */
static bool explain(struct pairs *p, struct pair *pair, const struct pair_side *side)
{
	const struct pair_file *s = file_of(p, side, pair->arch);
	const struct unit *u = &s->reading.unit;
	bool is_old = side == &pair->old;

	if (side->side.contract && u->nr_errors && !pair->doubt) {
		pair->doubt_old = is_old;
		pair->doubt = xasprintf("it was read with %u error%s on %s, the first: %s", u->nr_errors,
					u->nr_errors == 1 ? "" : "s", pair->arch->name,
					u->errors.nr ? u->errors.items[0] : "");
	}
	if (side->side.contract && (side->side.is_hook || side_takes_vma(side, s)))
		return false;
	pair->missing_old = is_old;
	if (!s->command) {
		pair->error = xasprintf("%s: no architecture builds this file here", shown(side));
	} else if (u->status == UNIT_FAILED) {
		pair->error = xasprintf("%s could not be parsed: %s", shown(side),
					u->errors.nr ? u->errors.items[0] : "the parser gave no reason");
	} else if (side->side.contract) {
		pair->missing = true;
		pair->error = xasprintf("%s:%s is no handler and no hook: it takes neither a struct vm_area_struct nor a "
					"struct vm_area_desc", shown(side), side->function);
	} else {
		pair->missing = true;
		pair->error = xasprintf("%s:%s names no function that is compiled in that file%s%s", shown(side),
					side->function, u->nr_errors ? ", which was read with errors, the first: " : "",
					u->errors.nr ? u->errors.items[0] : "");
	}
	return true;
}

static void finish(struct pairs *p, struct pair *pair)
{
	const struct unit *old = &file_of(p, &pair->old, pair->arch)->reading.unit,
			  *new_side = &file_of(p, &pair->new_side, pair->arch)->reading.unit;

	if (explain(p, pair, &pair->old) || explain(p, pair, &pair->new_side))
		return;
	pair->page_shift = new_side->page_shift ? new_side->page_shift : old->page_shift;
	if (!pair->page_shift)
		pair->page_shift = DEFAULT_PAGE_SHIFT;
}

int pairs_open(const struct pairs_options *opt, struct pairs **out)
{
	struct pairs *p = xcalloc(1, sizeof(*p));
	int ret;

	*out = p;
	p->opt = *opt;
	ret = search_tree(opt->tree, opt->cache, opt->jobs, &p->search);
	if (ret)
		return ret;
	if (opt->cache)
		flags_remember(opt->flags, opt->cache, &p->search.makefiles);
	p->kept = kept_open(opt->cache, opt->tree, &p->search.headers);
	return 0;
}

int pairs_read(struct pairs *p, struct pair *pairs, size_t nr)
{
	struct trial *trials = xcalloc(nr + 1, sizeof(*trials));
	size_t i;
	int ret = read_pairs(p, pairs, nr, trials);

	for (i = 0; i < nr; i++)
		pairs[i].arch = trials[i].best ? trials[i].best : pairs[i].arch ? pairs[i].arch : arch_table;
	if (!ret)
		ret = fill_pairs(p, pairs, nr);
	for (i = 0; i < nr && !ret; i++)
		finish(p, &pairs[i]);
	free(trials);
	return ret;
}

void pair_free(struct pair *pair)
{
	side_free(&pair->old.side);
	side_free(&pair->new_side.side);
	free(pair->error);
	free(pair->doubt);
	pair->error = pair->doubt = NULL;
}

void pairs_free(struct pairs *p)
{
	struct far_table *t;
	struct pair_file **s;

	if (!p)
		return;
	vec_each(s, &p->files)
		pair_file_free(*s);
	vec_free(&p->files);
	vec_each(t, &p->tables) {
		free(t->name);
		strlist_free(&t->files);
	}
	vec_free(&p->tables);
	kept_close(p->kept);
	flags_remember(p->opt.flags, NULL, NULL);
	search_free(&p->search);
	free(p);
}

void pairs_near(const struct pairs *p, const char *wanted, const struct pair_side *side, struct strlist *near)
{
	struct strlist here = { 0 };
	const struct function *fn;
	struct pair_file **s;

	vec_each(s, &p->files)
		if (side && pair_file_is_of(*s, side))
			vec_each(fn, &(*s)->reading.unit.functions)
				if (!strcmp(fn->file, side->file))
					strlist_add_once(&here, fn->name);
	scan_near(&p->search, wanted, &here, near);
	strlist_free(&here);
}
