// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways that do the same: a message was printed on one of them, a statistic was looked at, a helper
 * found the same answer twice.  Where a condition held and where it did not are one way then, without it.
 */
#include "contract/engine.h"

/* What both know. */
static void known_by_both(struct state *a, const struct state *b)
{
	size_t i, k, n = 0;

	for (i = 0; i < a->known.nr; i++) {
		/* Nearly all stand where they stood before the ways parted. */
		if (i < b->known.nr && a->known.items[i] == b->known.items[i]) {
			a->known.items[n++] = a->known.items[i];
			continue;
		}
		for (k = 0; k < b->known.nr; k++)
			if (a->known.items[i] == b->known.items[k]) {
				a->known.items[n++] = a->known.items[i];
				break;
			}
	}
	a->known.nr = n;
}

/* Calls of a function are told apart by their number: later ones go on behind both. */
static void calls_of_both(struct state *a, const struct state *b)
{
	const struct occurrence *o;
	struct occurrence *p;

	vec_each(o, &b->calls) {
		vec_each(p, &a->calls)
			if (!strcmp(p->function, o->function))
				break;
		if (a->calls.nr && p != a->calls.items + a->calls.nr)
			p->nr = p->nr > o->nr ? p->nr : o->nr;
		else
			*vec_push(&a->calls) = *o;
	}
}

/* The last condition of the one is what the other has not, and all before it are the same. */
static bool part_at_last(const struct state *a, const struct state *b, size_t nr_guards)
{
	size_t i, last = a->guards.nr - 1;

	if (a->guards.nr <= nr_guards || a->guards.nr != b->guards.nr ||
	    a->guards.items[last].term != b->guards.items[last].term ||
	    a->guards.items[last].taken == b->guards.items[last].taken)
		return false;
	for (i = nr_guards; i < last; i++)
		if (a->guards.items[i].term != b->guards.items[i].term ||
		    a->guards.items[i].taken != b->guards.items[i].taken)
			return false;
	return true;
}

/* The one that goes on takes the texts of conditions that the other has. */
static void texts_of_both(struct state *a, const struct state *b, size_t nr_guards)
{
	size_t i;

	for (i = nr_guards; i < a->guards.nr; i++)
		if (!*a->guards.items[i].text) {
			a->guards.items[i].text = b->guards.items[i].text;
			a->guards.items[i].line = b->guards.items[i].line;
		}
}

static bool join_once(struct states *list, size_t first, size_t nr_guards)
{
	struct state *a, *b;
	bool joined = false;
	size_t i, k;

	for (i = first; i < list->nr; i++)
		for (k = i + 1; k < list->nr; k++) {
			a = &list->items[i];
			b = &list->items[k];
			if (!part_at_last(a, b, nr_guards) || !state_same(a, b))
				continue;
			a->guards.nr--;
			texts_of_both(a, b, nr_guards);
			known_by_both(a, b);
			calls_of_both(a, b);
			state_free(b);
			memmove(b, b + 1, (list->nr - k - 1) * sizeof(*b));
			list->nr--;
			joined = true;
			k = i;
		}
	return joined;
}

void join_same(struct states *list, size_t first, size_t nr_guards)
{
	while (list->nr > first + 1 && join_once(list, first, nr_guards))
		;
}
