/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From verdict to patch: rewrite (spatch), verify (compile, checkpatch, residue), mail.
 * The tree is never written: changed files live in an overlay below OUT/work and leave as patches.
 */
#ifndef MMAPCONV_CONVERSIONS_CONVERT_H
#define MMAPCONV_CONVERSIONS_CONVERT_H

#include "inventory.h"
#include "tree/flags.h"
#include "tree/tree.h"

/* A conversion whose contract is to be compared with the legacy handler's. */
struct cache;
struct read_instead;
struct shelf;
struct shelf_patch;
struct proof_job {
	const struct handler *h;
	const char *new_name;
	const struct read_instead *instead;	/* its changed files, and where they are now */
	size_t nr_instead;
	const struct read_instead *old_instead;	/* the same of the legacy handler, where another patch came before */
	size_t nr_old_instead;
	struct proof_record *proof;		/* filled in: at least a verdict */
};

/* What the check "compile" of a hand-finished patch says where there is nothing to compile; it is "not-run" then. */
#define HAND_NO_SOURCE "no .c file that kbuild builds is changed"

struct convert_options {
	const char *out;		/* OUT, absolute, exists */
	const char *rules_dir;		/* semantic-patches/ */
	unsigned jobs;
	struct cache *cache;		/* keeps what spatch answers, or NULL */
	unsigned spatch_timeout_s;	/* 0: 120 */
	unsigned compile_timeout_s;	/* 0: 300 */
	/*
	 * Compare all of these; 0, -EINTR, or a negative errno after a message.  What differs is not emitted, what is
	 * not known neither, but with `unproved`, and says so.  NULL: nothing is compared, and each patch says that.
	 */
	int (*compare)(struct proof_job *jobs, size_t nr, void *ctx);
	void *compare_ctx;
	bool unproved;
	/* Hand-finished patches: those that match the tree are applied, and what they convert spatch does not get. */
	const struct shelf *shelf;	/* NULL: none */
	const struct strlist *shelf_names;	/* only these of it, and what they stand on; NULL: all */
	bool shelf_only;		/* nothing is given to spatch */
	bool in_part;			/* the inventory is of a selection: patches without a handler come with others only */
	const char *base;		/* a tree that the shelf was made for, for three-way merges; NULL: the tree's own objects */
	/*
	 * Called at the end with each patch of the shelf, in order, that passed all checks: as the shelf keeps it, by nobody
	 * in particular.  What it proved beyond its claims is in surprises.  NULL: not called.
	 */
	void (*refreshed)(const struct shelf_patch *p, const struct strbuf *mail, const struct strlist *surprises, void *ctx);
	void *refreshed_ctx;
};

/*
 * Convert every handler of inv for which selected(h, ctx) holds and whose verdict is "auto": fills
 * h->outcome ("converted" or "failed") and h->conversion, writes OUT/patches/NNNN-*.patch
 * (removing those of an earlier run).  Handlers that are not converted get their verdict as the
 * outcome ("unparsed" for "unknown").  The patches apply in their order with `git am` on the
 * pristine tree: a later patch to the same file stands on the earlier one.
 * Returns 0, -EOPNOTSUPP when the tree has no mmap_prepare, -EINTR, or another negative errno
 * (message printed).  A handler's own failure is not an error here.
 */
int convert_handlers(const struct tree *t, struct flags_db *flags, struct inventory *inv,
		     const struct convert_options *opt,
		     bool (*selected)(const struct handler *h, void *ctx), void *ctx);

/*
 * The accounting of the rewrite step: every handler asked for was rewritten or is listed as
 * failed, and every patch on disk belongs to a converted handler.  0 or -ERANGE with a message.
 */
int convert_check(const struct inventory *inv, const struct convert_options *opt);

#endif
