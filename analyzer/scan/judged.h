/* SPDX-License-Identifier: GPL-2.0-only */
/* The handlers while they are judged: what was read of each, and who changes together with it. */
#ifndef MMAPCONV_SCAN_JUDGED_H
#define MMAPCONV_SCAN_JUDGED_H

#include "classify/classify.h"
#include "scan/internal.h"

struct judged {
	struct handler *h;
	const struct reading *r;	/* that holds it, or NULL */
	const struct contract *contract;	/* NULL: there is nothing to classify */
	const struct function *function;	/* with the contract, or NULL */
	struct peers peers;
	struct strlist strangers, names, again;	/* see struct subject */
	bool waits;			/* it cannot move, and no peer is to blame for that */
};
VEC_DECLARE(judged_list, struct judged);

/* Can the two move at once: are they installed in the same fields? */
bool judged_same_fields(const struct judged *a, const struct judged *b);
/* Make b a peer of a, once; file, line: of the call, or of the helper. */
void judged_bond(struct judged *a, enum peer_kind kind, struct judged *b, const char *helper, const char *file,
		 unsigned line);

/* callers.c: fill in callers of every handler, strangers, again, peers by name.  0 or a negative errno. */
int scan_find_callers(struct scan *s, struct judged_list *all);

/*
 * companions.c: the functions of a handler's file that get its vma and can change with it, sorted by line, since
 * nobody else uses them; or only handlers do that move together with it, which makes those peers.
 */
void scan_find_companions(struct scan *s, struct judged_list *all);

/* together.c: of peers all move or none, once each has a verdict of its own. */
void scan_move_together(struct judged_list *all);

#endif
