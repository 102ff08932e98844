// SPDX-License-Identifier: GPL-2.0-only
#include "gaps.h"

#include <stdlib.h>
#include <string.h>

/* One handler with one reason. */
struct mention { const char *reason; size_t handler; };

bool contract_is_missing(const struct contract_record *c)
{
	return !c->complete && !c->paths.nr && !c->unmodelled.nr;
}

static int compare_mentions(const void *pa, const void *pb)
{
	const struct mention *a = pa, *b = pb;

	return strcmp(a->reason, b->reason) ?: (a->handler > b->handler) - (a->handler < b->handler);
}

static int compare_gaps(const void *pa, const void *pb)
{
	const struct gap *a = pa, *b = pb;

	return (b->handlers > a->handlers) - (b->handlers < a->handlers) ?: strcmp(a->reason, b->reason);
}

void inventory_gaps(const struct inventory *inv, unsigned tier, struct gaps *gaps)
{
	VEC(struct mention) mentions = { 0 };
	const struct contract_gap *g;
	const struct handler *h;
	struct mention *m, *last = NULL;
	struct gap *gap = NULL;

	memset(gaps, 0, sizeof(*gaps));
	vec_each(h, &inv->handlers) {
		if ((h->tier == 2) != (tier == 2))
			continue;
		if (contract_is_missing(&h->contract))
			gaps->none++;
		else if (h->contract.complete)
			gaps->complete++;
		else
			gaps->incomplete++;
		vec_each(g, &h->contract.unmodelled)
			*vec_push(&mentions) = (struct mention){ g->reason, (size_t)(h - inv->handlers.items) };
	}
	if (mentions.nr)
		qsort(mentions.items, mentions.nr, sizeof(*mentions.items), compare_mentions);
	vec_each(m, &mentions) {
		if (last && !compare_mentions(last, m))
			continue;	/* twice in one handler is once */
		if (!last || strcmp(last->reason, m->reason)) {
			gap = vec_push(&gaps->reasons);
			gap->reason = m->reason;
		}
		gap->handlers++;
		last = m;
	}
	if (gaps->reasons.nr)
		qsort(gaps->reasons.items, gaps->reasons.nr, sizeof(*gaps->reasons.items), compare_gaps);
	vec_free(&mentions);
}
