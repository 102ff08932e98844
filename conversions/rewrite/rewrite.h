/* SPDX-License-Identifier: GPL-2.0-only */
/* One handler rewritten in its overlay: spatch, comparison, tidying, for all its files or none. */
#ifndef MMAPCONV_CONVERSIONS_REWRITE_H
#define MMAPCONV_CONVERSIONS_REWRITE_H

#include "overlay.h"
#include "plan.h"
#include "rewrite/answers.h"

/* What all jobs share. */
struct rewrite {
	const struct rules *rules;
	struct answers *answers;	/* or NULL */
	const char *scratch;		/* a folder for spatch's input and output */
	unsigned timeout_s;		/* of one run of spatch */
};

/*
 * Fill every file's old and new text and h->conversion's files, rules and differences; the overlay
 * is only read.  Returns 0, also when the job failed (job->error, stage "rewrite"), or a negative
 * errno that ends the run.
 */
int rewrite_job(struct job *job, const struct overlay *o, const struct rewrite *rw);
/* Put the new texts, or the old ones again, into the overlay.  0 or a negative errno (message). */
int rewrite_put(const struct job *job, const struct overlay *o, bool new_text);

#endif
