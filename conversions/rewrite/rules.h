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

struct rule_run {
	const char *function, *new_name;
	bool is_helper;			/* not a handler: one of its helpers, whose name stays */
	const char *companions;		/* "a,b": functions that take the descriptor as well; "" for none */
	const char *peers;		/* "a:a_prepare,b:b_prepare": handlers that move with it; "" for none */
	const char *open;		/* called by hand in the handler: the call goes; or NULL */
	const char *in, *out;		/* absolute paths; out must not exist */
	unsigned timeout_s;
};

/*
 * Rewrite one file for one function.  *message is set for the last two statuses, caller frees.
 * Returns a status or -EINTR/-ENOENT (no spatch).
 */
int rules_run(const struct rules *r, const struct rule_run *run, char **message);

#endif
