/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From patches to postings: one patch a driver, batches by maintainer's tree, mails ready to send below
 * OUT/series.  Nothing is ever sent.  The tree is only read: the branches are made in scratch
 * repositories below OUT/work and leave as bundles.
 *
 *	OUT/series/series.json			what this run made
 *	OUT/series/BATCH/vN/NNNN-*.patch	the mails; 0000 is the cover letter, where there are several
 *	OUT/series/BATCH/vN/branch.bundle	the branch b4/mmap-prepare-BATCH, for git fetch
 *	OUT/series/BATCH/vN/series.json		the posting, for a later version to compare with
 */
#ifndef MMAPCONV_CONVERSIONS_SERIES_H
#define MMAPCONV_CONVERSIONS_SERIES_H

#include "inventory.h"
#include "tree/flags.h"
#include "tree/tree.h"

#define SERIES_MAX	15		/* patches a posting */

struct series_options {
	const char *out;		/* OUT, absolute, exists */
	unsigned jobs;
	unsigned version;		/* of the postings; 1: the first */
	unsigned limit;			/* patches in all; 0: no limit */
	const struct strlist *only;	/* files, folders, handlers, patterns; may be NULL */
	bool check;			/* try each patch in its place */
	bool signoff;
	bool no_scripts;		/* run nothing of the tree */
	unsigned compile_timeout_s;	/* 0: 300 */
};

struct series;

/*
 * Make the postings of the converted handlers of inv.  flags: for check, may be NULL without.  Fills
 * in conversion.posting of the handlers.  0; -ENOENT: nothing to post, -ESRCH: the selection matches
 * nothing (both after a message); -EINTR; another negative errno after a message.  What is wrong with
 * one patch alone is in the summary and in *s.  series_free() in every case.
 */
int series_make(const struct tree *t, struct flags_db *flags, struct inventory *inv,
		const struct series_options *opt, struct series **s);
void series_free(struct series *s);

/* Did a check find something?  Was a patch left out? */
bool series_has_findings(const struct series *s);
bool series_has_losses(const struct series *s);

/* For a person: the postings, what was found, how to send them. */
#include <stdio.h>
void series_print(const struct series *s, FILE *stream);
/* One line of it. */
void series_print_total(const struct series *s, FILE *stream);
/* OUT/series/series.json's content; json_object_put() frees. */
struct json_object;
struct json_object *series_to_json(const struct series *s);

#endif
