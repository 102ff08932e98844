// SPDX-License-Identifier: GPL-2.0-only
/* Peers move in one patch, or all of them stay: the verdicts of handlers that hang on each other. */
#include <stdlib.h>
#include <string.h>

#include "scan/judged.h"

static size_t index_of(const struct judged_list *all, const struct handler *h)
{
	size_t i;

	for (i = 0; i < all->nr && all->items[i].h != h; i++)
		;
	return i;
}

/* Handlers that are peers, directly or through others, get one number: the first one's. */
static size_t *number_sets(const struct judged_list *all)
{
	size_t *set = xcalloc(all->nr, sizeof(*set)), i, k, from, to;
	const struct peer *p;

	for (i = 0; i < all->nr; i++)
		set[i] = i;
	for (i = 0; i < all->nr; i++)
		vec_each(p, &all->items[i].peers) {
			from = set[i];
			to = set[index_of(all, p->handler)];
			if (from < to) {
				from = to;
				to = set[i];
			}
			for (k = 0; k < all->nr; k++)
				if (set[k] == from)
					set[k] = to;
		}
	return set;
}

static const char *stays(const struct handler *h)
{
	return !strcmp(h->verdict, "none") ? "is not used" : !strcmp(h->verdict, "unknown") ? "was not read" : "stays";
}

static bool same_folder(const char *a, const char *b)
{
	const char *slash = strrchr(a, '/'), *other = strrchr(b, '/');
	size_t len = slash ? (size_t)(slash - a) : 0;

	return len == (other ? (size_t)(other - b) : 0) && !strncmp(a, b, len);
}

/* Why it stays where a peer does. */
static void hold(struct handler *h, const struct peer *p)
{
	const struct handler *o = p->handler;

	switch (p->kind) {
	case PEER_CALLS:
		classify_add(h, WEIGHT_ASSISTED, "R18", 0,
			     "used by name in %s, by %s(), which %s: that must move with it", p->place, o->function,
			     stays(o));
		break;
	case PEER_CALLED:
		/* Of another driver or of a subsystem: nothing that this one's own files could mend. */
		if (!same_folder(h->file, o->file)) {
			classify_add(h, WEIGHT_CORE, "delegate", p->line,
				     "hands the vma to %s(), which has no form that takes a descriptor", o->function);
			strlist_addf(&h->needs, "%s_prepare()", o->function);
			strlist_sort_once(&h->needs);
			break;
		}
		classify_add(h, WEIGHT_ASSISTED, "R18", p->line, "calls %s() by name, which %s: the two move together",
			     o->function, stays(o));
		break;
	case PEER_SHARES:
		classify_add(h, WEIGHT_ASSISTED, "helper", p->line,
			     "shares the helper %s() with %s(), which %s: they move together", p->helper,
			     o->function, stays(o));
		break;
	}
}

static void note(struct handler *h, const struct peer *p)
{
	if (p->kind == PEER_SHARES)
		classify_add(h, WEIGHT_NOTE, "helper", p->line, "hands the vma to %s(), as %s() does: they move together",
			     p->helper, p->handler->function);
	else if (p->kind == PEER_CALLS)
		classify_add(h, WEIGHT_NOTE, "R18", 0, "%s() calls it by name in %s: they move together",
			     p->handler->function, p->place);
	else
		classify_add(h, WEIGHT_NOTE, "R18", p->line, "calls %s() by name: they move together",
			     p->handler->function);
}

/* Say of a handler what becomes of it and its peers.  False: none of those waits by its own fault. */
static bool explain(const struct judged_list *all, struct judged *j)
{
	const struct peer *p;
	bool held = false;

	vec_each(p, &j->peers) {
		if (all->items[index_of(all, p->handler)].waits) {
			hold(j->h, p);
			held = true;
		} else {
			note(j->h, p);
		}
	}
	return held;
}

/* One build has to show them all: what compiles on two architectures cannot be told from one of them. */
static bool are_read_alike(const struct judged_list *all, const size_t *set, size_t of)
{
	const char *arch = all->items[of].h->arch;
	size_t i;

	for (i = 0; i < all->nr; i++)
		if (set[i] == set[of] && strcmp(all->items[i].h->arch ? all->items[i].h->arch : "", arch ? arch : ""))
			return false;
	return true;
}

static void settle(struct judged_list *all, const size_t *set, size_t of)
{
	const struct judged *waits = NULL;
	bool alike = are_read_alike(all, set, of);
	struct judged *j;
	size_t i, k;

	for (i = 0; i < all->nr && !waits; i++)
		if (set[i] == set[of] && all->items[i].waits)
			waits = &all->items[i];
	for (i = 0; i < all->nr; i++) {
		j = &all->items[i];
		if (set[i] != set[of] || !j->contract)
			continue;
		if (!explain(all, j) && waits && !j->waits)
			classify_add(j->h, WEIGHT_ASSISTED, "R18", 0, "moves only together with %s, which %s",
				     waits->h->id, stays(waits->h));
		if (!waits && !alike)
			classify_add(j->h, WEIGHT_ASSISTED, "R18", 0,
				     "the handlers that move with it were read for other architectures");
		for (k = 0; k < all->nr && !waits && alike; k++)
			if (k != i && set[k] == set[of])
				strlist_add(&j->h->together, all->items[k].h->id);
	}
}

void scan_move_together(struct judged_list *all)
{
	size_t *set = number_sets(all), i, k, nr;
	struct judged *j;

	vec_each(j, all)
		j->waits = strcmp(j->h->verdict, "auto");
	for (i = 0; i < all->nr; i++) {
		if (set[i] != i)
			continue;
		for (nr = 0, k = 0; k < all->nr; k++)
			nr += set[k] == i;
		if (nr > 1)
			settle(all, set, i);
	}
	free(set);
}
