/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inventories compared: what moved from one tree, or one run, to the next, and how far each is.
 *
 *	compare.c	which handlers are the same, and what is said of them now
 *	print.c		for a terminal;  json.c  for a program, and for the picture, html/page/progress.js
 */
#ifndef MMAPCONV_REPORTS_PROGRESS_PROGRESS_H
#define MMAPCONV_REPORTS_PROGRESS_PROGRESS_H

#include <stdio.h>
#include "inventory.h"

/* How far a handler is, in the words of the page. */
enum state { STATE_CONVERTED, STATE_HAND, STATE_WAITING, STATE_BLOCKED, STATE_NOTHING, NR_STATES };
extern const char *const state_words[NR_STATES];
enum state handler_state(const struct handler *h);

/* A handler of which something is different; owned by the inventories. */
struct change {
	const struct handler *before, *after;	/* NULL: it is new, it is gone */
	bool moved;				/* the same function, in another file */
	bool converted;				/* on mmap_prepare now, and was not */
	bool verdict, class_name, needs, state;	/* what is said of it is different */
};

struct step {
	const struct inventory *before, *after;
	VEC(struct change) changes;		/* of the old inventory in its order, then what is new */
	unsigned same;				/* handlers of which nothing is different */
};

/*
 * A handler is the same where its id is; or where its function and its field are, and nobody else has them in either
 * inventory: it moved.  vec_free(&step->changes) frees.
 */
void progress_compare(const struct inventory *before, const struct inventory *after, struct step *step);

/* All of these: inventories in their order, nr >= 2; one step less. */
void progress_print(const struct inventory *inventories, size_t nr, const struct step *steps, FILE *stream);
struct json_object *progress_to_json(const struct inventory *inventories, size_t nr, const struct step *steps);

#endif
