/* SPDX-License-Identifier: GPL-2.0-only */
/* The semantic patches that fit a tree's API, put together into one, and spatch run with them. */
#ifndef MMAPCONV_CONVERSIONS_RULES_H
#define MMAPCONV_CONVERSIONS_RULES_H

#include "tree/tree.h"

struct rules {
	char *cocci;			/* the scratch file's path */
	char *macros;			/* semantic-patches/macros.h */
	struct strlist used;		/* file names, in order */
};

/*
 * Read DIR/ORDER and write those rules whose needs the tree offers to scratch.  0 or a negative
 * errno (message printed).  rules_free() frees.
 */
int rules_load(struct rules *r, const struct tree *t, const char *dir, const char *scratch);
void rules_free(struct rules *r);

enum spatch_status {
	SPATCH_CHANGED,			/* out was written */
	SPATCH_NOTHING,			/* no rule matched */
	SPATCH_REFUSED,			/* message: why */
	SPATCH_FAILED,			/* message: crash, time limit, bad rule, … */
};

/*
 * Rewrite one file for one handler; in and out are absolute paths, out must not exist.  *message is
 * set for the last two, caller frees.  Returns a status or -EINTR/-ENOENT (no spatch).
 */
int rules_run(const struct rules *r, const char *handler, const char *new_name, const char *in,
	      const char *out, unsigned timeout_s, char **message);

#endif
