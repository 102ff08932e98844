/* SPDX-License-Identifier: GPL-2.0-only */
/* Do the patches of a shelf apply to a tree?  Nothing else is looked at. */
#ifndef MMAPCONV_CONVERSIONS_HAND_TRY_H
#define MMAPCONV_CONVERSIONS_HAND_TRY_H

#include "shelf/shelf.h"
#include "tree/tree.h"

struct hand_trial {
	const char *applies;		/* "yes", "merged", "there": the tree has it already; "no" */
	char *why;			/* of no: one sentence */
};

/*
 * Each in its place behind those that it stands on.  base: the tree that they were made for, or NULL; scratch: a folder that
 * is made and removed.  trials: one a patch, filled in; hand_trials_free() frees.  0 or a negative errno (message printed).
 */
int hand_try(const struct shelf *s, const struct tree *t, const char *base, const char *scratch, struct hand_trial *trials);
void hand_trials_free(struct hand_trial *trials, size_t nr);

#endif
