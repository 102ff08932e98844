/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who waits for what: the graph from handlers to the APIs that the tree lacks, and what each of those
 * would unlock.  Computed from the handlers' needs.
 *
 * A need is an API, unless it is another handler's new form ("foo_mmap_prepare()" where foo_mmap() is a
 * handler): then the one waits for the other, and for what that one lacks.  The hook of a tier 2
 * handler's own field is no part of that: who calls it by name does not go through the field.
 */
#ifndef MMAPCONV_REPORTS_UNLOCKS_H
#define MMAPCONV_REPORTS_UNLOCKS_H

#include "inventory.h"

struct unlock {
	const char *name;	/* as handlers need it; owned by the inventory */
	const char *kind;	/* "field": a hook beside an ops field; "helper": a function that takes a
				 * descriptor; "api": of the core */
	const char *patch;	/* the hand-finished patch that offers it, "0007-slug", where it was applied; or NULL */
	unsigned waiting;	/* handlers that lack it, themselves or through others */
	unsigned alone;		/* of these: lack nothing else, but for what such patches offer */
	unsigned unlocks;	/* in the best order: handlers that lack nothing any more with it */
	unsigned total;		/* and how many that are so far */
	VEC(const char *) frees;	/* the ids of those that it unlocks in the best order */
};

/* Two APIs that go together: handlers that the later one unlocks need the earlier one, too. */
struct unlock_link {
	size_t earlier, later;	/* in the best order */
	unsigned handlers;
};

/* "from needs to". */
struct need_edge {
	const char *from;	/* a handler's id */
	const char *to;		/* an API's name, or a handler's id */
	const char *kind;	/* as above, or "handler" */
};

struct unlocks {
	/*
	 * Every API, in the best order: what hand-finished patches offer, then the one that unlocks most handlers, given those
	 * before it; of equals the one that most of the others wait for, then by name.
	 */
	VEC(struct unlock) order;
	VEC(struct unlock_link) links;	/* by later, then earlier; the first 16384 */
	VEC(struct need_edge) edges;	/* in the order of the handlers and their needs */
	unsigned waiting;		/* handlers that lack an API; those done or dead wait for nothing */
	unsigned for_handlers;		/* handlers that only wait for other handlers */
	unsigned not_ranked;		/* APIs beyond the first 4096, by how many handlers name them */
};

void inventory_unlocks(const struct inventory *inv, struct unlocks *u);
void unlocks_free(struct unlocks *u);

/* Is this handler on mmap_prepare now, by rule or by hand? */
bool handler_is_done(const struct handler *h);

struct json_object;
/* The "unlocks" of an inventory; json_object_put() frees. */
struct json_object *unlocks_to_json(const struct inventory *inv);

#endif
