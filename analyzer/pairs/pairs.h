/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pairs of functions to be compared: both sides are read, with the vm_ops tables that they install and what those
 * have as mapped, open and close, wherever in the tree that is.  All pairs are read in a few passes.
 *
 * A side can be read from another place than the tree, as the tree's file: with its flags, its folder, its
 * includes.
 */
#ifndef MMAPCONV_PAIRS_PAIRS_H
#define MMAPCONV_PAIRS_PAIRS_H

#include "prove/prove.h"
#include "tree/flags.h"
#include "tree/tree.h"
#include "workers/workers.h"

struct pair_side {
	const char *file, *function;		/* file: of the tree */
	const struct read_instead *instead;	/* files of the tree that are read from another place; of both sides */
	size_t nr_instead;			/* of a pair and of all pairs: whatever they share is read once */
	struct prove_side side;			/* filled in: file and function as above */
};

struct pair {
	struct pair_side old, new_side;
	const struct arch *arch;		/* NULL: the first of those that read both best; then that one */
	unsigned page_shift;
	char *error;				/* why a side was not read: one sentence; or NULL */
	bool missing;				/* … because it is no function of its file, or no handler or hook */
	bool missing_old;			/* … which */
	char *doubt;				/* why what was read is not sure: one sentence; or NULL */
	bool doubt_old;
};

struct cache;
struct pairs_options {
	const struct tree *tree;
	struct flags_db *flags;
	struct cache *cache;			/* or NULL */
	unsigned jobs;
	unsigned parse_timeout_s;		/* of a processor, a file; 0: the default */
	bool no_pch;
};

/* Get ready: the tree's text is searched.  0, or a negative errno after a message; pairs_free() always. */
struct pairs;
int pairs_open(const struct pairs_options *opt, struct pairs **out);
/*
 * Fill in the sides, which then point into p.  0, -EINTR, or a negative errno after a message.  What a pair's own
 * files lack is in its error.  pair_free() frees what is a pair's own.
 */
int pairs_read(struct pairs *p, struct pair *pairs, size_t nr);
void pair_free(struct pair *pair);
void pairs_free(struct pairs *p);

/* Compare; what was not read, or not read for sure, is no more than unknown.  proof_free() frees. */
void pair_prove(const struct pair *p, struct proof *proof);

/*
 * Names like "FILE:FUNC", which names nothing, nearest first.  side: what was read of its file counts as well; or
 * NULL.
 */
void pairs_near(const struct pairs *p, const char *wanted, const struct pair_side *side, struct strlist *near);

/*
 * outside.c: the file of the tree that a path outside of it stands for: its longest suffix that is one.
 * NULL after a message.  The caller frees.
 */
char *pair_stand_in(const struct tree *t, const char *path);

#endif
