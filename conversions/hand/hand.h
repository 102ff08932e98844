/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches of the shelf as jobs beside spatch's: chosen, applied in their overlay, checked as those are, and counted.
 * Nothing is forced: one that does not apply, or proves less than it claims, fails, and with it what stands on it.
 */
#ifndef MMAPCONV_CONVERSIONS_HAND_H
#define MMAPCONV_CONVERSIONS_HAND_H

#include "convert.h"
#include "overlay.h"
#include "plan.h"
#include "shelf/shelf.h"
#include "verify/verify.h"

/* Of a job: the patch that it is. */
struct hand {
	const struct shelf_patch *patch;
	struct handler standin;		/* job->h: for the checks, which want a handler's file and architecture */
	struct hand_patch record;	/* moves into the inventory */
	VEC(size_t) on;			/* the plan's jobs that it stands on directly */
	struct strlist also;		/* files that include a header of it, compiled as well */
	struct strlist archs;		/* where it is compiled */
	char *missing;			/* a handler that it converts and the tree has not, or NULL */
	bool there;			/* the tree has it already: nothing is to be done */
	struct strbuf raw;		/* the commit as the shelf keeps it; with convert_options.refreshed only */
	struct strlist surprises;	/* where the proof says more than is claimed */
};

/* Where text for three-way merges comes from; either may be NULL. */
struct lender {
	const char *objects;		/* of the tree's git checkout; absolute */
	const char *base;		/* a tree that the patches were made for */
};

/* hand_plan.c: put the jobs of the shelf's patches that match the tree at the front of an empty plan. */
void hand_plan(struct plan *p, const struct tree *t, struct inventory *inv, const struct convert_options *opt);
/* A job that stands on one that has failed fails; all such jobs do. */
void hand_check_prerequisites(const struct plan *p, struct job *job);
void hand_spread(struct plan *p);
void hand_free(struct hand *hand);
/* Is the file compiled for this architecture when the job is checked? */
bool hand_builds(const struct hand *hand, const struct arch *arch, const char *file);
/* hand_also.c: the .c files that may stop compiling with a header of their folder. */
void hand_also(const struct tree *t, const struct shelf_patch *p, struct strlist *also);

/*
 * hand_lend.c: give the overlay, which has a repository and no commit yet, the texts that the patches were made for, as far as
 * they can be had.  True: some are there, and a three-way merge may help.  0 or a negative errno (message printed).
 */
int hand_lend(const struct overlay *o, const struct lender *l, const struct shelf_patch *const *patches, size_t nr,
	      bool *lent);

/* hand_apply.c */
enum hand_how { HAND_PLAIN, HAND_MERGED, HAND_THERE };	/* as it is; with a three-way merge; the tree has it */
/*
 * Take the patch with git am, as one commit by `who`.  0 with *how, of which HAND_THERE leaves no commit; -EINVAL with *error,
 * which names file and line (caller frees); or a negative errno that ends the run.
 */
int hand_apply(const struct overlay *o, const struct shelf_patch *p, bool lent, const struct author *who, enum hand_how *how,
	       char **error);

/* hand_job.c: one patch from git am to mail.  What fails leaves the overlay as it was.  0 or a negative errno. */
struct convert;
int hand_job(struct convert *c, struct job *job, struct verify *v, bool lent);

/*
 * hand_judge.c: what the shelf's judgements say of handlers that are there, before anything is planned: those whose code is
 * what was read wait for what they name.  A message for each that is not taken over.
 */
void hand_judge(const struct tree *t, struct inventory *inv, const struct convert_options *opt);
/* Jobs for what was judged to be out of a rule's reach fail. */
void hand_contradict(struct plan *p, const struct inventory *inv);

/* hand_residue.c: each hook takes a descriptor and is installed, the handler is not any more. */
int hand_residue(const struct verify *v, struct job *job);

/* hand_compile.c: the job's .c files on each of its architectures, in two steps as verify_compile(). */
struct hand_places;
int hand_compile_before(const struct verify *v, struct job *job, struct hand_places **places);
int hand_compile(const struct verify *v, struct job *job, struct hand_places *places);
void hand_compile_free(struct hand_places *places);

/* hand_claim.c: what a verdict does to a job, given what the metadata claims; adds the check "contract". */
void hand_settle(struct job *job, const struct job_part *part);

/*
 * hand_record.c: what became of the plan's shelf patches, at the end: into the inventory, with the outcomes of what they
 * convert.
 */
void hand_hand_over(struct plan *p, struct inventory *inv);
/* Drop what an earlier run left in the inventory. */
void hand_forget(struct inventory *inv);
/* The job's mail with what was checked and what is to be known below its "---"; appended to out. */
void hand_finish(const struct job *job, struct strbuf *out);

#endif
