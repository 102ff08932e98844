// SPDX-License-Identifier: GPL-2.0-only
#include "inventory_needs.h"

#include "unlocks.h"

#include <stdlib.h>
#include <string.h>

/* One handler wanting one API. */
struct want { const char *name; size_t handler; bool alone; };


static int compare_wants(const void *pa, const void *pb)
{
	const struct want *a = pa, *b = pb;

	return strcmp(a->name, b->name) ?: (a->handler > b->handler) - (a->handler < b->handler);
}

static int compare_needs(const void *pa, const void *pb)
{
	const struct need *a = pa, *b = pb;

	return (b->blocks > a->blocks) - (b->blocks < a->blocks) ?:
	       (b->alone > a->alone) - (b->alone < a->alone) ?: strcmp(a->name, b->name);
}

void inventory_needs(const struct inventory *inv, struct needs *needs)
{
	VEC(struct want) wants = { 0 };
	const struct handler *h;
	struct need *need = NULL;
	struct want *w, *last = NULL;
	size_t i;

	memset(needs, 0, sizeof(*needs));
	vec_each(h, &inv->handlers) {
		for (i = 0; !handler_is_done(h) && i < h->needs.nr; i++)
			*vec_push(&wants) = (struct want){
				h->needs.items[i], (size_t)(h - inv->handlers.items), h->needs.nr == 1,
			};
	}
	if (wants.nr)
		qsort(wants.items, wants.nr, sizeof(*wants.items), compare_wants);
	vec_each(w, &wants) {
		if (last && !compare_wants(last, w))
			continue;	/* a handler that lists it twice waits for it once */
		if (!last || strcmp(last->name, w->name)) {
			need = vec_push(needs);
			need->name = w->name;
		}
		need->blocks++;
		need->alone += w->alone;
		last = w;
	}
	if (needs->nr)
		qsort(needs->items, needs->nr, sizeof(*needs->items), compare_needs);
	vec_free(&wants);
}
