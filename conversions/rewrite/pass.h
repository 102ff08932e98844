/* SPDX-License-Identifier: GPL-2.0-only */
/* One function of one file through spatch, the comparison and the tidying. */
#ifndef MMAPCONV_CONVERSIONS_REWRITE_PASS_H
#define MMAPCONV_CONVERSIONS_REWRITE_PASS_H

#include "rewrite/rewrite.h"
#include "rewrite/source.h"

/* One function of one file, rewritten by itself: the handler, or a helper that gets its vma. */
struct pass {
	const struct handler *h;	/* the handler, or whose helper it is */
	const char *function, *new_name;	/* the same for a helper */
	bool is_helper;
	const char *open;		/* the handler calls it by hand, or NULL */
	const struct asked *asked;	/* NULL: of a helper */
};

/*
 * Rewrite *now, the text of f, for one function.  Returns 0, also when the job failed (job->error; *now is as it
 * was then), or a negative errno that ends the run.
 */
int pass_run(struct job *job, const struct job_file *f, const struct pass *p, const struct rewrite *rw,
	     struct source *now);

#endif
