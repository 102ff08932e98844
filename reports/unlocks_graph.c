// SPDX-License-Identifier: GPL-2.0-only
/* Handlers, the APIs that they lack, and the handlers that they wait for. */
#include <stdlib.h>
#include <string.h>

#include "unlocks_internal.h"

enum {
	MAX_APIS = 4096,
	MAX_LISTED = 256,	/* needs of one handler among which a second of a kind is looked for */
};

static bool is_waiting(const struct handler *h)
{
	return !handler_is_done(h) && h->verdict && strcmp(h->verdict, "none");
}

static int compare_names(const void *pa, const void *pb)
{
	const struct name *a = pa, *b = pb;

	return strcmp(a->function, b->function) ?: (a->handler > b->handler) - (a->handler < b->handler);
}

static void list_names(struct graph *g)
{
	const struct handler *h;
	size_t i, k, nr = 0;

	vec_each(h, &g->inv->handlers)
		if (h->function)
			*vec_push(&g->names) = (struct name){ h->function, (size_t)(h - g->inv->handlers.items) };
	if (g->names.nr)
		qsort(g->names.items, g->names.nr, sizeof(*g->names.items), compare_names);
	/* Which of several is meant, nobody can say here. */
	for (i = 0; i < g->names.nr; i = k) {
		for (k = i + 1; k < g->names.nr; k++)
			if (strcmp(g->names.items[i].function, g->names.items[k].function))
				break;
		if (k == i + 1)
			g->names.items[nr++] = g->names.items[i];
	}
	g->names.nr = nr;
}

/* The handler whose new form a need is, or SIZE_MAX. */
static size_t handler_of(const struct graph *g, const char *need)
{
	static const char *const ends[] = { "_prepare()", "() for a descriptor" };
	size_t low = 0, high = g->names.nr, mid, i, len = 0;
	const char *function;
	int c;

	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(need, ends[i]))
			len = strlen(need) - strlen(ends[i]);
	while (len && low < high) {
		mid = low + (high - low) / 2;
		function = g->names.items[mid].function;
		c = strncmp(need, function, len);
		if (!c && !function[len])
			return g->names.items[mid].handler;
		if (c > 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

static const char *kind_of(const char *need)
{
	if (str_ends(need, "_prepare") && strchr(need, '.') && !strchr(need, ' '))
		return "field";
	return str_ends(need, "()") || str_ends(need, "() for a descriptor") ? "helper" : "api";
}

/* The hand-finished patch that adds it to the tree, or NULL. */
static const char *offered_by(const struct inventory *inv, const char *need)
{
	const struct hand_patch *p;

	vec_each(p, &inv->hand)
		if (strcmp(p->state, "failed") && strlist_has(&p->provides, need))
			return p->name;
	return NULL;
}

static int compare_wants(const void *pa, const void *pb)
{
	const struct want *a = pa, *b = pb;

	return strcmp(a->name, b->name) ?: (a->handler > b->handler) - (a->handler < b->handler);
}

/* A need that is listed twice is one. */
static bool is_listed(const struct handler *h, size_t nr, const char *need)
{
	while (nr--)
		if (!strcmp(h->needs.items[nr], need))
			return true;
	return false;
}

static void list_wants(struct graph *g, struct unlocks *u)
{
	const struct handler *h, *other;
	struct need_edge *e;
	const char *need;
	size_t i, from, to;

	g->waits = xcalloc(g->inv->handlers.nr + 1, sizeof(*g->waits));
	for (from = 0; from < g->inv->handlers.nr; from++) {
		h = &g->inv->handlers.items[from];
		for (i = 0; is_waiting(h) && i < h->needs.nr; i++) {
			need = h->needs.items[i];
			if (is_listed(h, i < MAX_LISTED ? i : MAX_LISTED, need))
				continue;
			to = handler_of(g, need);
			other = to == SIZE_MAX ? NULL : &g->inv->handlers.items[to];
			if (other)
				*vec_push(&g->waits[from]) = to;
			else
				*vec_push(&g->wants) = (struct want){ need, from };
			e = vec_push(&u->edges);
			e->from = h->id;
			e->to = other ? other->id : need;
			e->kind = other ? "handler" : kind_of(need);
		}
	}
	if (g->wants.nr)
		qsort(g->wants.items, g->wants.nr, sizeof(*g->wants.items), compare_wants);
}

static int compare_by_direct(const void *pa, const void *pb)
{
	const struct unlock *a = pa, *b = pb;

	return (b->waiting > a->waiting) - (b->waiting < a->waiting) ?: strcmp(a->name, b->name);
}

static int compare_by_name(const void *pa, const void *pb)
{
	return strcmp(((const struct unlock *)pa)->name, ((const struct unlock *)pb)->name);
}

static void list_apis(struct graph *g, struct unlocks *u)
{
	struct unlock *api = NULL;
	struct want *w;

	g->apis = xcalloc(g->wants.nr + 1, sizeof(*g->apis));
	vec_each(w, &g->wants) {
		if (!api || strcmp(api->name, w->name)) {
			api = &g->apis[g->nr_apis++];
			api->name = w->name;
			api->kind = kind_of(w->name);
			api->patch = offered_by(g->inv, w->name);
		}
		api->waiting++;
	}
	if (g->nr_apis <= MAX_APIS)
		return;
	u->not_ranked = (unsigned)(g->nr_apis - MAX_APIS);
	qsort(g->apis, g->nr_apis, sizeof(*g->apis), compare_by_direct);
	g->nr_apis = MAX_APIS;
	qsort(g->apis, g->nr_apis, sizeof(*g->apis), compare_by_name);
}

/* Is this need the hook of a field that the handler itself is installed in? */
static bool is_own_field(const struct handler *h, const char *need)
{
	const struct instance *i;
	size_t len;

	vec_each(i, &h->instances) {
		len = i->interface ? strlen(i->interface) : 0;
		if (len && !strncmp(need, i->interface, len) && !strcmp(need + len, "_prepare"))
			return true;
	}
	return false;
}

static void fill_sets(struct graph *g)
{
	size_t nr = g->inv->handlers.nr, api = 0;
	struct want *w;

	g->words = g->nr_apis / 64 + 1;
	g->own = xcalloc(nr * g->words + 1, sizeof(*g->own));
	g->inherited = xcalloc(nr * g->words + 1, sizeof(*g->inherited));
	g->beyond = xcalloc(nr + 1, sizeof(*g->beyond));
	vec_each(w, &g->wants) {
		while (api < g->nr_apis && strcmp(g->apis[api].name, w->name) < 0)
			api++;
		if (api == g->nr_apis || strcmp(g->apis[api].name, w->name)) {
			g->beyond[w->handler] = true;
			continue;
		}
		graph_set(g, g->own, w->handler)[api / 64] |= UINT64_C(1) << api % 64;
		if (!is_own_field(&g->inv->handlers.items[w->handler], w->name))
			graph_set(g, g->inherited, w->handler)[api / 64] |= UINT64_C(1) << api % 64;
	}
}

/* What a handler waits for lacks is what it lacks itself.  True if that was news. */
static bool inherit(struct graph *g, size_t handler)
{
	uint64_t *own = graph_set(g, g->own, handler), *mine = graph_set(g, g->inherited, handler), *theirs;
	bool news = false;
	size_t i, k, other;

	for (i = 0; i < g->waits[handler].nr; i++) {
		other = g->waits[handler].items[i];
		theirs = graph_set(g, g->inherited, other);
		if (g->beyond[other] && !g->beyond[handler])
			g->beyond[handler] = news = true;
		for (k = 0; k < g->words; k++) {
			news |= (theirs[k] & ~mine[k]) != 0;
			mine[k] |= theirs[k];
			own[k] |= theirs[k];
		}
	}
	return news;
}

/* Handlers in an order in which those that are waited for come first, as far as there are no cycles. */
static size_t *order_handlers(const struct graph *g)
{
	size_t nr = g->inv->handlers.nr, *order = xcalloc(nr + 1, sizeof(*order)), out = 0, i, at, next;
	size_t *position = xcalloc(nr + 1, sizeof(*position));
	bool *seen = xcalloc(nr + 1, sizeof(*seen));
	struct { size_t *items, nr, cap; } stack = { 0 };

	for (i = 0; i < nr; i++) {
		if (seen[i])
			continue;
		seen[i] = true;
		*vec_push(&stack) = i;
		while (stack.nr) {
			at = stack.items[stack.nr - 1];
			if (position[at] == g->waits[at].nr) {
				order[out++] = at;
				stack.nr--;
				continue;
			}
			next = g->waits[at].items[position[at]++];
			if (!seen[next]) {
				seen[next] = true;
				*vec_push(&stack) = next;
			}
		}
	}
	vec_free(&stack);
	free(position);
	free(seen);
	return order;
}

static void spread(struct graph *g)
{
	size_t *order = order_handlers(g), i;
	bool news = true;

	while (news) {
		news = false;
		for (i = 0; i < g->inv->handlers.nr; i++)
			news |= inherit(g, order[i]);
	}
	free(order);
}

void graph_build(struct graph *g, struct unlocks *u)
{
	list_names(g);
	list_wants(g, u);
	list_apis(g, u);
	fill_sets(g);
	spread(g);
}

void graph_free(struct graph *g)
{
	size_t i;

	for (i = 0; i < g->inv->handlers.nr; i++)
		free(g->waits[i].items);
	free(g->waits);
	vec_free(&g->names);
	vec_free(&g->wants);
	free(g->apis);
	free(g->own);
	free(g->inherited);
	free(g->beyond);
}
