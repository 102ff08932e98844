// SPDX-License-Identifier: GPL-2.0-only
/* Macros of headers that name a field, macros that use those, and what each fills in. */
#include <stdlib.h>
#include <string.h>

#include "tree/search_internal.h"

enum { MAX_ROUNDS = 5 };		/* macros that expand to macros */

/* A bare word leads no further: half of all macro names would be reached over it. */
static void add_names(const struct text_facts *facts, size_t first, struct strlist *macros)
{
	size_t i;

	for (i = first; i < facts->macros.nr; i++)
		if (!facts->macros.items[i].bare)
			strlist_add_once(macros, facts->macros.items[i].name);
}

static void add_fill(struct text_fills *fills, const struct text_fill *new)
{
	struct text_fill *f;

	vec_each(f, fills)
		if (!strcmp(f->macro, new->macro) && !strcmp(f->tag, new->tag) && !strcmp(f->field, new->field) &&
		    !strcmp(f->value, new->value))
			return;
	f = vec_push(fills);
	*f = *new;
	f->macro = xstrdup(new->macro);
	f->tag = xstrdup(new->tag);
	f->field = xstrdup(new->field);
	f->value = xstrdup(new->value);
}

/* Does the text say where in a macro's body the fill of another is used? */
static bool is_placed(const struct text_fills *fills, const char *macro, const struct text_fill *used)
{
	const struct text_fill *f;

	vec_each(f, fills)
		if (!strcmp(f->macro, macro) && *f->tag && !strcmp(f->field, used->field) &&
		    !strcmp(f->value, used->value))
			return true;
	return false;
}

/* The fills of one macro are another's too. */
static bool inherit(struct text_fills *fills, char *macro, const char *used)
{
	size_t i, nr = fills->nr;
	struct text_fill f;

	for (i = 0; i < nr; i++) {
		f = fills->items[i];
		if (strcmp(f.macro, used) || is_placed(fills, macro, &f))
			continue;
		f.macro = macro;
		/* The table's name is another parameter of this macro, if any. */
		f.table_arg = 0;
		add_fill(fills, &f);
	}
	return fills->nr > nr;
}

static int compare_fills(const void *a, const void *b)
{
	const struct text_fill *x = a, *y = b;
	int c = strcmp(x->macro, y->macro);

	if (!c)
		c = strcmp(x->tag, y->tag);
	if (!c)
		c = strcmp(x->field, y->field);
	return c ? c : strcmp(x->value, y->value);
}

static void drop_fills(struct text_fills *fills)
{
	struct text_fill *f;

	vec_each(f, fills) {
		free(f->macro);
		free(f->tag);
		free(f->field);
		free(f->value);
	}
	vec_free(fills);
}

static void find_fills(struct search *out)
{
	const struct text_site *s;
	const struct text_macro *m;
	unsigned round;
	bool more = true;

	drop_fills(&out->fills);
	vec_each(s, &out->facts.sites)
		if (s->macro && search_is_field(out, s))
			add_fill(&out->fills, &(struct text_fill){ s->macro, s->tag, s->field, s->value, s->opaque,
								   s->is_static, s->table_arg });
	for (round = 0; round < MAX_ROUNDS && more; round++) {
		more = false;
		vec_each(m, &out->facts.macros)
			if (strcmp(m->name, m->uses))
				more |= inherit(&out->fills, m->name, m->uses);
	}
	if (out->fills.nr)
		qsort(out->fills.items, out->fills.nr, sizeof(*out->fills.items), compare_fills);
}

static int run_round(struct job *job, unsigned jobs, struct search *out)
{
	struct words *words = words_new(&out->macros);
	int ret;

	job->q.macros = &out->macros;
	job->word_list = &out->macros;
	job->words = words;
	ret = search_run(job, jobs, out);
	job->words = NULL;
	words_free(words);
	return ret;
}

int search_macros(struct job *job, unsigned jobs, struct search *out)
{
	size_t before, first, direct = out->facts.sites.nr, placed = 0;
	unsigned round;
	int ret = 0;

	add_names(&out->facts, 0, &out->macros);
	strlist_sort(&out->macros);
	job->pass = PASS_MACROS;
	for (round = 0; round < MAX_ROUNDS && !ret && out->macros.nr; round++) {
		before = out->macros.nr;
		first = out->facts.macros.nr;
		ret = run_round(job, jobs, out);
		add_names(&out->facts, first, &out->macros);
		strlist_sort(&out->macros);
		if (out->macros.nr == before)
			break;
	}
	/* Macros with a table in which another macro stands: what that fills in, until nothing is new. */
	find_fills(out);
	for (round = 0; round < MAX_ROUNDS && !ret && out->fills.nr; round++) {
		text_facts_cut_sites(&out->facts, direct);
		job->q.fills = &out->fills;
		ret = run_round(job, jobs, out);
		job->q.fills = NULL;
		find_fills(out);
		if (out->facts.sites.nr == direct + placed)
			break;
		placed = out->facts.sites.nr - direct;
	}
	return ret;
}

void search_free_fills(struct search *s)
{
	drop_fills(&s->fills);
}
