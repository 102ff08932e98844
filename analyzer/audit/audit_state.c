// SPDX-License-Identifier: GPL-2.0-only
/* R1: what a hook leaves behind, on paths that map and on paths that fail. */
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/classify.h"
#include "contract/describe.h"

enum { MAX_DEPTH = 64 };

/* Does a value tell which mapping it is: its address, the vma, the mm?  Its size and offset do not. */
static bool tells_mapping(const struct contract *c, term_t a, unsigned depth)
{
	static const char *const own[] = { "start", "end", "vma", "mm", "private_data" };
	const struct term *x = term_at(c->terms, a);
	size_t i;

	if (!a || depth > MAX_DEPTH)
		return false;
	for (i = 0; x->op == TERM_SYMBOL && i < sizeof(own) / sizeof(*own); i++)
		if (!strcmp(x->name, own[i]))
			return true;
	if (x->op == TERM_SUB && term_at(c->terms, term_strip(c->terms, x->a))->op == TERM_SYMBOL &&
	    term_at(c->terms, term_strip(c->terms, x->b))->op == TERM_SYMBOL)
		return false;
	return tells_mapping(c, x->a, depth + 1) || tells_mapping(c, x->b, depth + 1) ||
	       tells_mapping(c, x->c, depth + 1);
}

/* A value that is the same a second time, of a place that any number of calls share: a flag. */
static bool is_flag(const struct contract *c, const struct effect *e)
{
	return !store_counts(c, e, true) && !store_counts(c, e, false) && e->state != STATE_COUNT &&
	       (e->args.nr < 2 || !tells_mapping(c, e->args.items[1], 0));
}

static bool is_state(const struct contract *c, const struct effect *e)
{
	switch (e->kind) {
	case EFFECT_TAKE:
		return e->state != STATE_LATCH || !strcmp(e->name, "test_and_set_bit") ||
		       str_starts(e->name, "test_and_set_bit_");
	case EFFECT_DROP:
		return e->state == STATE_REFERENCE || e->state == STATE_COUNT || e->state == STATE_LIST;
	case EFFECT_STORE:
		return !is_flag(c, e);
	default:
		return true;
	}
}

static void leaves(struct audit *a, const struct path *p)
{
	const struct contract *c = a->c;
	const struct effect *e;
	struct finding *n;
	size_t at = 0;
	char *text;

	while (path_leaves(c, p, &at, &e)) {
		if (!is_state(c, e))
			continue;
		if (!path_succeeds(p) && (e->kind != EFFECT_TAKE || e->state == STATE_LATCH))
			continue;
		text = effect_describe(c, e);
		if (path_succeeds(p))
			n = finding_new(a, "stateful-hook", &a->hook->fn, e->line, e->name,
					e->kind == EFFECT_STORE ? SURE_LIKELY : sure_of(&a->hook->fn),
					"%s() leaves a trace (%s), and a merge or a failure can follow it", a->hook->fn.name,
					text);
		else
			n = finding_new(a, "leak-in-hook", &a->hook->fn, e->line, e->name,
					sure_of(&a->hook->fn) == SURE_CERTAIN ? SURE_LIKELY : SURE_LOOK,
					"%s() fails and keeps what it took (%s)", a->hook->fn.name, text);
		free(text);
		finding_path(n, &a->hook->fn, p, NULL);
		if (path_succeeds(p))
			finding_then(n, "the mapping merges with its neighbour, or making it fails: nobody undoes that");
	}
}

void audit_state(struct audit *a)
{
	const struct path *p;

	vec_each(p, &a->c->paths)
		leaves(a, p);
}
