// SPDX-License-Identifier: GPL-2.0-only
#include "unlocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "inventory_json.h"
#include "unlocks_internal.h"

/* A tree has hundreds; an inventory made to hurt could ask for millions. */
enum { MAX_LINKS = 16384 };

bool handler_is_done(const struct handler *h)
{
	return h->outcome && (!strcmp(h->outcome, "converted") || !strcmp(h->outcome, "hand"));
}

static size_t count(const uint64_t *set, size_t words)
{
	size_t nr = 0, i;

	for (i = 0; i < words; i++)
		nr += (size_t)__builtin_popcountll(set[i]);
	return nr;
}

/* The next element of a set from `at` on, or nr_apis. */
static size_t next_api(const struct graph *g, const uint64_t *set, size_t at)
{
	uint64_t word;

	for (; at < g->nr_apis; at = (at / 64 + 1) * 64) {
		word = set[at / 64] >> at % 64;
		if (word)
			return at + (size_t)__builtin_ctzll(word);
	}
	return g->nr_apis;
}

/* By API, of the handlers that still lack something. */
struct rank { unsigned last, waiting; bool given; };

static size_t best(const struct graph *g, const struct rank *ranks, bool offered)
{
	size_t i, found = g->nr_apis;

	for (i = 0; i < g->nr_apis; i++) {
		if (ranks[i].given || (offered && !g->apis[i].patch))
			continue;
		if (found == g->nr_apis || ranks[i].last > ranks[found].last ||
		    (ranks[i].last == ranks[found].last && ranks[i].waiting > ranks[found].waiting))
			found = i;
	}
	return found;
}

/*
 * The next in the order, or nr_apis.  What is offered comes first: who lacks one thing more than that lacks that alone.
 */
static size_t next_best(struct graph *g, const struct rank *ranks, bool *offered)
{
	size_t api = *offered ? best(g, ranks, true) : g->nr_apis, i;

	if (api < g->nr_apis)
		return api;
	for (i = 0; *offered && i < g->nr_apis; i++)
		if (!ranks[i].given)
			g->apis[i].alone = ranks[i].last;
	*offered = false;
	return best(g, ranks, false);
}

/* A handler gets an API.  Was it the last that it lacked? */
static bool give(const struct graph *g, struct rank *ranks, size_t handler, size_t api)
{
	uint64_t *set = graph_set(g, g->own, handler);
	size_t left;

	set[api / 64] &= ~(UINT64_C(1) << api % 64);
	ranks[api].waiting--;
	left = count(set, g->words);
	if (left == 1 && !g->beyond[handler])
		ranks[next_api(g, set, 0)].last++;
	return !left && !g->beyond[handler];
}

/* What the handlers that the last API in the order has freed have needed before it. */
static void link_last(const struct graph *g, struct unlocks *u, const uint64_t *needed, const size_t *place,
		      const bool *freed)
{
	unsigned *together = xcalloc(u->order.nr, sizeof(*together));
	size_t later = u->order.nr - 1, h, api, i;

	for (h = 0; h < g->inv->handlers.nr; h++)
		for (api = 0; freed[h] && (api = next_api(g, needed + h * g->words, api)) < g->nr_apis; api++)
			together[place[api]]++;
	for (i = 0; i < later; i++)
		if (together[i] && u->links.nr < MAX_LINKS)
			*vec_push(&u->links) = (struct unlock_link){ i, later, together[i] };
	free(together);
}

static void rank(struct graph *g, struct unlocks *u)
{
	struct rank *ranks = xcalloc(g->nr_apis + 1, sizeof(*ranks));
	size_t nr = g->inv->handlers.nr, h, api, left, *place = xcalloc(g->nr_apis + 1, sizeof(*place));
	uint64_t *needed = xcalloc(nr * g->words + 1, sizeof(*needed));
	bool *freed = xcalloc(nr + 1, sizeof(*freed));
	struct unlock *next;
	unsigned total = 0;
	bool offered = true;

	memcpy(needed, g->own, nr * g->words * sizeof(*needed));
	for (h = 0; h < nr; h++) {
		left = count(graph_set(g, g->own, h), g->words);
		u->waiting += left || g->beyond[h];
		u->for_handlers += !left && !g->beyond[h] && g->waits[h].nr;
		for (api = 0; (api = next_api(g, graph_set(g, g->own, h), api)) < g->nr_apis; api++) {
			ranks[api].waiting++;
			ranks[api].last += left == 1 && !g->beyond[h];
		}
	}
	for (api = 0; api < g->nr_apis; api++) {
		g->apis[api].waiting = ranks[api].waiting;
		g->apis[api].alone = ranks[api].last;
	}
	while ((api = next_best(g, ranks, &offered)) < g->nr_apis) {
		ranks[api].given = true;
		total += ranks[api].last;
		next = vec_push(&u->order);
		*next = g->apis[api];
		next->unlocks = ranks[api].last;
		next->total = total;
		place[api] = u->order.nr - 1;
		for (h = 0; h < nr; h++) {
			freed[h] = (graph_set(g, g->own, h)[api / 64] >> api % 64 & 1) && give(g, ranks, h, api);
			if (freed[h])
				*vec_push(&next->frees) = g->inv->handlers.items[h].id;
		}
		link_last(g, u, needed, place, freed);
	}
	free(ranks);
	free(place);
	free(needed);
	free(freed);
}

void inventory_unlocks(const struct inventory *inv, struct unlocks *u)
{
	struct graph g = { .inv = inv };

	memset(u, 0, sizeof(*u));
	graph_build(&g, u);
	rank(&g, u);
	graph_free(&g);
}

void unlocks_free(struct unlocks *u)
{
	struct unlock *n;

	vec_each(n, &u->order)
		vec_free(&n->frees);
	vec_free(&u->order);
	vec_free(&u->links);
	vec_free(&u->edges);
}

struct json_object *unlocks_to_json(const struct inventory *inv)
{
	struct json_object *root = json_object_new_object(), *list, *o, *frees;
	const struct unlock_link *l;
	const struct need_edge *e;
	const struct unlock *n;
	const char **id;
	struct unlocks u;

	inventory_unlocks(inv, &u);
	json_set_int(root, "waiting", u.waiting);
	json_set_int(root, "for_handlers", u.for_handlers);
	json_set_int(root, "not_ranked", u.not_ranked);
	list = json_object_new_array();
	vec_each(n, &u.order) {
		o = json_object_new_object();
		json_object_object_add(o, "name", inventory_text(n->name));
		json_set_str(o, "kind", n->kind);
		json_set_str(o, "patch", n->patch);
		json_set_int(o, "waiting", n->waiting);
		json_set_int(o, "alone", n->alone);
		json_set_int(o, "unlocks", n->unlocks);
		json_set_int(o, "total", n->total);
		frees = json_object_new_array();
		vec_each(id, &n->frees)
			json_object_array_add(frees, inventory_text(*id));
		json_object_object_add(o, "frees", frees);
		json_object_array_add(list, o);
	}
	json_object_object_add(root, "order", list);
	list = json_object_new_array();
	vec_each(l, &u.links) {
		o = json_object_new_object();
		json_set_int(o, "earlier", (int64_t)l->earlier);
		json_set_int(o, "later", (int64_t)l->later);
		json_set_int(o, "handlers", l->handlers);
		json_object_array_add(list, o);
	}
	json_object_object_add(root, "links", list);
	list = json_object_new_array();
	vec_each(e, &u.edges) {
		o = json_object_new_object();
		json_object_object_add(o, "from", inventory_text(e->from));
		json_object_object_add(o, "to", inventory_text(e->to));
		json_set_str(o, "kind", e->kind);
		json_object_array_add(list, o);
	}
	json_object_object_add(root, "edges", list);
	unlocks_free(&u);
	return root;
}
