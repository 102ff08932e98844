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

static void add_fill(struct text_fills *fills, const char *macro, const char *tag, const char *field,
		     const char *value, bool opaque)
{
	struct text_fill *f;

	vec_each(f, fills)
		if (!strcmp(f->macro, macro) && !strcmp(f->tag, tag) && !strcmp(f->field, field) &&
		    !strcmp(f->value, value))
			return;
	f = vec_push(fills);
	f->macro = xstrdup(macro);
	f->tag = xstrdup(tag);
	f->field = xstrdup(field);
	f->value = xstrdup(value);
	f->opaque = opaque;
}

/* The fills of one macro are another's too. */
static bool inherit(struct text_fills *fills, const char *macro, const char *used)
{
	size_t i, nr = fills->nr;
	struct text_fill f;

	for (i = 0; i < nr; i++) {
		f = fills->items[i];
		if (!strcmp(f.macro, used))
			add_fill(fills, macro, f.tag, f.field, f.value, f.opaque);
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

static void find_fills(struct search *out)
{
	const struct text_site *s;
	const struct text_macro *m;
	unsigned round;
	bool more = true;

	vec_each(s, &out->facts.sites)
		if (s->macro && search_is_field(out, s))
			add_fill(&out->fills, s->macro, s->tag, s->field, s->value, s->opaque);
	for (round = 0; round < MAX_ROUNDS && more; round++) {
		more = false;
		vec_each(m, &out->facts.macros)
			if (strcmp(m->name, m->uses))
				more |= inherit(&out->fills, m->name, m->uses);
	}
	if (out->fills.nr)
		qsort(out->fills.items, out->fills.nr, sizeof(*out->fills.items), compare_fills);
}

int search_macros(struct job *job, unsigned jobs, struct search *out)
{
	struct words *words = NULL;
	size_t before, first;
	unsigned round;
	int ret = 0;

	add_names(&out->facts, 0, &out->macros);
	job->pass = PASS_MACROS;
	for (round = 0; round < MAX_ROUNDS && !ret && out->macros.nr; round++) {
		strlist_sort(&out->macros);
		before = out->macros.nr;
		first = out->facts.macros.nr;
		job->q.macros = &out->macros;
		job->words = words = words_new(&out->macros);
		ret = search_run(job, jobs, out);
		words_free(words);
		add_names(&out->facts, first, &out->macros);
		if (out->macros.nr == before)
			break;
	}
	strlist_sort(&out->macros);
	find_fills(out);
	return ret;
}
