// SPDX-License-Identifier: GPL-2.0-only
/*
 * Short names for what a listing would spell out again and again: "$1 is foo_find(file->private_data,
 * pgoff)".  They are put into the texts, where a term's text stands as a whole operand.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/describe.h"
#include "contract/listing_internal.h"
#include "contract/listing_text.h"
#include "contract/term_internal.h"

enum {
	MAX_NAMES = 9, MAX_CANDIDATES = 160,
	MIN_LENGTH = 24, MIN_USES = 3, MIN_SAVED = 100,	/* of a text that is worth a name */
	MAX_CORPUS = 256 << 10,			/* bytes in which uses are counted */
};

struct candidate { term_t term; size_t weight; char *text; };

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* The next place in s where text stands as an operand of its own, or NULL. */
static const char *next_use(const char *start, const char *s, const char *text, size_t len)
{
	for (; (s = strstr(s, text)); s++) {
		if (is_word(s[len]) || (s > start && (is_word(s[-1]) || s[-1] == '.' ||
						      (s[-1] == '>' && s > start + 1 && s[-2] == '-'))))
			continue;
		return s;
	}
	return NULL;
}

static size_t count_uses(const char *corpus, const char *text)
{
	size_t len = strlen(text), nr = 0;
	const char *s = corpus;

	while ((s = next_use(corpus, s, text, len))) {
		nr++;
		s += len;
	}
	return nr;
}

static char *replaced(const char *s, const char *text, const char *name)
{
	const char *at, *from = s;
	size_t len = strlen(text);
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	while ((at = next_use(s, from, text, len))) {
		strbuf_add(&b, from, (size_t)(at - from));
		strbuf_adds(&b, name);
		from = at + len;
	}
	strbuf_adds(&b, from);
	return strbuf_detach(&b);
}

char *listing_name(const struct listing *l, char *text)
{
	char name[24], *old;
	size_t i;

	for (i = 0; i < l->names.nr; i++) {
		snprintf(name, sizeof(name), "$%zu", i + 1);
		old = text;
		text = replaced(old, l->names.items[i], name);
		free(old);
	}
	return text;
}

char *listing_name_effect(const struct listing *l, char *text)
{
	const char *dollar, *name;
	char *full;
	size_t i;

	text = listing_name(l, text);
	dollar = strrchr(text, '$');
	name = dollar && dollar > text + 1 && !strncmp(dollar - 2, ": ", 2) ? dollar : text;
	if (!dollar || name != dollar)
		return text;
	i = strtoul(dollar + 1, &full, 10);
	if (*full || !i || i > l->meanings.nr)
		return text;
	full = xasprintf("%.*s%s", (int)(dollar - text), text, l->meanings.items[i - 1]);
	free(text);
	return full;
}

static void count_terms(const struct contract *c, uint32_t *uses)
{
	const struct terms *t = c->terms;
	const struct path *p;
	const struct guard *g;
	const term_t *a;
	size_t i;

	vec_each(p, &c->paths)
		vec_each(g, &p->guards)
			uses[g->term < t->nr ? g->term : 0]++;
	for (i = 0; i < c->nr_effects; i++)
		vec_each(a, &c->effects[i].args)
			uses[*a < t->nr ? *a : 0]++;
	/* Downwards: what is used often uses its operands often. */
	for (i = t->nr; i-- > 1;) {
		if (!uses[i])
			continue;
		uses[t->items[i].a] += uses[i];
		uses[t->items[i].b] += uses[i];
		uses[t->items[i].c] += uses[i];
		if (uses[i] > 1u << 20)
			uses[i] = 1u << 20;
	}
}

static int compare_candidates(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;

	return (b->weight > a->weight) - (b->weight < a->weight) ?: (a->term > b->term) - (a->term < b->term);
}

VEC_DECLARE(candidates, struct candidate);

/* Results of calls and what is read in memory, those that are used most. */
static void list_candidates(const struct contract *c, struct candidates *list)
{
	uint32_t *uses = xcalloc(c->terms->nr, sizeof(*uses));
	struct candidate *k;
	size_t nr = 0, i;
	term_t a;

	count_terms(c, uses);
	for (a = 1; a < c->terms->nr; a++)
		if (uses[a] >= MIN_USES && (term_is(c->terms, a, TERM_CALL) || term_is(c->terms, a, TERM_LOAD)))
			*vec_push(list) = (struct candidate){ .term = a, .weight = uses[a] };
	if (list->nr)
		qsort(list->items, list->nr, sizeof(*list->items), compare_candidates);
	for (i = 0; i < list->nr && nr < MAX_CANDIDATES; i++) {
		k = &list->items[i];
		k->text = term_text(c->terms, &c->flags, k->term);
		if (strlen(k->text) >= MIN_LENGTH && is_word(*k->text) && !strstr(k->text, "…"))
			list->items[nr++] = *k;
		else
			free(k->text);
	}
	list->nr = nr;
	free(uses);
}

/* What the listing will say, more or less. */
static char *corpus_of(const struct listing *l)
{
	const struct contract *c = l->c;
	struct strbuf b = { 0 };
	const struct path *p;
	size_t i, k;
	char *text;

	strbuf_adds(&b, "");
	for (i = 0; i < c->paths.nr && b.len < MAX_CORPUS; i++) {
		p = &c->paths.items[i];
		for (k = 0; k < p->guards.nr; k++) {
			if (!l->outline.paths[i].shown[k])
				continue;
			text = guard_describe(c, &p->guards.items[k]);
			strbuf_addf(&b, "%s\n", text);
			free(text);
		}
	}
	for (i = 0; i < c->nr_effects && b.len < MAX_CORPUS; i++) {
		text = effect_describe(c, &c->effects[i]);
		strbuf_addf(&b, "%s\n", text);
		free(text);
	}
	return strbuf_detach(&b);
}

/* The text that saves most, or NULL. */
static const char *best(const struct candidates *list, const char *corpus)
{
	const struct candidate *k;
	const char *found = NULL;
	size_t most = 0, nr, saved;

	vec_each(k, list) {
		if (strlen(k->text) < MIN_LENGTH)
			continue;
		nr = count_uses(corpus, k->text);
		saved = nr * strlen(k->text);
		if (nr >= MIN_USES && saved >= MIN_SAVED && saved > most) {
			most = saved;
			found = k->text;
		}
	}
	return found;
}

static void find_meanings(struct listing *l)
{
	char name[24], *text, *old;
	size_t i, k;

	for (i = 0; i < l->names.nr; i++) {
		text = xstrdup(l->names.items[i]);
		for (k = 0; k < l->names.nr; k++) {
			if (k == i)
				continue;
			snprintf(name, sizeof(name), "$%zu", k + 1);
			old = text;
			text = replaced(old, l->names.items[k], name);
			free(old);
		}
		strlist_add(&l->meanings, text);
		free(text);
	}
}

void listing_find_names(struct listing *l)
{
	struct candidates list = { 0 };
	struct candidate *k;
	const char *text;
	char name[24], *corpus, *old;

	if (!l->c->terms)
		return;
	list_candidates(l->c, &list);
	corpus = corpus_of(l);
	while (l->names.nr < MAX_NAMES && (text = best(&list, corpus))) {
		strlist_add(&l->names, text);
		text = l->names.items[l->names.nr - 1];
		snprintf(name, sizeof(name), "$%zu", l->names.nr);
		old = corpus;
		corpus = replaced(old, text, name);
		free(old);
		vec_each(k, &list) {
			old = k->text;
			k->text = replaced(old, text, name);
			free(old);
		}
	}
	vec_each(k, &list)
		free(k->text);
	vec_free(&list);
	free(corpus);
	find_meanings(l);
}

/* Does it say "<i>"?  What is not known for a reason of its own says it in words. */
static bool has_unknown(const struct listing *l)
{
	char *corpus = l->c->terms ? corpus_of(l) : NULL, *s, *end;
	bool found = false;

	for (s = corpus; s && !found && (s = strchr(s, '<')); s++) {
		for (end = s + 1; is_word(*end); end++)
			;
		found = end > s + 1 && *end == '>';
	}
	free(corpus);
	return found;
}

void listing_print_names(struct listing *l)
{
	size_t i;

	if (has_unknown(l))
		strbuf_adds(l->out, "  <x> is a value of x that is not followed: from a loop, a branch or a call\n");
	for (i = 0; i < l->names.nr; i++) {
		strbuf_addf(l->out, "  $%zu is ", i + 1);
		listing_wrap(l->out, l->meanings.items[i], LISTING_INDENT + LISTING_STEP);
		strbuf_adds(l->out, "\n");
	}
}
