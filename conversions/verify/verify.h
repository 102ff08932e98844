/* SPDX-License-Identifier: GPL-2.0-only */
/* Is what was written right?  Each check adds itself to h->conversion.checks. */
#ifndef MMAPCONV_CONVERSIONS_VERIFY_H
#define MMAPCONV_CONVERSIONS_VERIFY_H

#include "overlay.h"
#include "plan.h"

/* A handler's name before and after. */
struct rename { const char *new_name, *old_name; };

struct verify {
	const struct tree *tree;
	struct flags_db *flags;		/* NULL: nothing is compiled */
	const struct overlay *overlay;
	const char *scratch;		/* a folder for objects and mails */
	unsigned timeout_s;
	const struct rename *renames;	/* of all handlers that change at once; none: the job's alone */
	size_t nr_renames;
	bool no_scripts;			/* run nothing of the tree */
};

/*
 * Compile the job's .c files.  verify_before() is called with the overlay as it was, before the
 * rewrite; what it learns is freed with verify_free().
 */
struct diagnostics;
int verify_before(const struct verify *v, struct job *job, struct diagnostics **d);
int verify_compile(const struct verify *v, struct job *job, struct diagnostics *d);
void verify_free(struct diagnostics *d);

/* sparse on the job's .c files, in the same two steps.  Where it is missing, the check is "not-run". */
struct sparse_output;
int verify_sparse_before(const struct verify *v, struct job *job, struct sparse_output **d);
int verify_sparse(const struct verify *v, struct job *job, struct sparse_output *d);
void verify_sparse_free(struct sparse_output *d);

/* The hook holds no vma any more (rewrite refused otherwise): looks at the final text once more. */
int verify_residue(const struct verify *v, struct job *job);

/* The same of one hook in one file, which is path: how many definitions it has there. */
struct source;
unsigned verify_hook(const struct source *s, struct job *job, const struct job_part *part, const char *path);

/* checkpatch.pl of the tree on the mail; job->is_strict and job->known say what counts. */
int verify_checkpatch(const struct verify *v, struct job *job, const struct strbuf *mail);

/* All: 0 also when the job failed (job->error is set), -EINTR, or an errno that ends the run. */

void check_add(struct job *job, const char *name, const char *status, char *detail);

#endif
