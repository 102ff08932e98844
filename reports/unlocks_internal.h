/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of unlocks.h share: the graph, and by handler the set of APIs that it lacks. */
#ifndef MMAPCONV_REPORTS_UNLOCKS_INTERNAL_H
#define MMAPCONV_REPORTS_UNLOCKS_INTERNAL_H

#include <stdint.h>
#include "unlocks.h"

/* One handler lacking one API. */
struct want { const char *name; size_t handler; };

/* A handler that others can wait for, by its function's name. */
struct name { const char *function; size_t handler; };

struct waits { size_t *items, nr, cap; };

struct graph {
	const struct inventory *inv;
	VEC(struct name) names;		/* sorted, without names that several handlers have */
	VEC(struct want) wants;		/* sorted by name, then handler */
	struct unlock *apis;		/* sorted by name */
	size_t nr_apis, words;		/* words of a set of APIs */
	uint64_t *own, *inherited;	/* sets by handler: all that it lacks, what who waits for it lacks */
	bool *beyond;			/* lacks an API that is not ranked */
	struct waits *waits;		/* by handler: for which */
};

/* Lists the edges in u, too. */
void graph_build(struct graph *g, struct unlocks *u);
void graph_free(struct graph *g);

/* The set of a handler: g->words words. */
static inline uint64_t *graph_set(const struct graph *g, uint64_t *sets, size_t handler)
{
	return sets + handler * g->words;
}

#endif
