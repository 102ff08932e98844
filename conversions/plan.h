/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is to be done: one job a handler, or for all those that change together; jobs that share a file in one
 * group.
 */
#ifndef MMAPCONV_CONVERSIONS_PLAN_H
#define MMAPCONV_CONVERSIONS_PLAN_H

#include "convert.h"

/* What has to change in one file for one handler. */
struct asked { unsigned definitions, null_defines, fields, declarations; };

/* A file that a job touches. */
struct job_file {
	char *path;			/* relative to the tree */
	struct asked *asked;		/* by part; NULL where nothing is rewritten: series' checks */
	struct strbuf old, new;		/* its text before and after the rewrite */
	bool is_new;			/* the tree has it not: a hand-finished patch makes it */
};

/* A file's text at some time. */
struct job_text { char *path; struct strbuf text; };
VEC_DECLARE(job_texts, struct job_text);

/* One handler of a job. */
struct job_part {
	struct handler *h;
	char *new_name;
	char *open, *mapped;		/* R5: called by hand today, and what does that then; or NULL */
};

struct job {
	struct handler *h;		/* the first part's: it speaks for all; of a shelf's patch a stand-in */
	char *new_name;			/* the first part's; of a shelf's patch NULL */
	VEC(struct job_part) parts;	/* in the inventory's order; a shelf's patch may have none */
	VEC(struct companion) helpers;	/* of all parts, each once: they take the descriptor as well */
	VEC(struct job_file) files;	/* sorted by path */
	size_t group;
	char *stage, *error;		/* set: failed */
	char *mail;			/* the commit as a mail, once all checks of the overlay passed; then the patch */
	size_t mail_len;
	char *subject;			/* without "[PATCH] " */
	bool is_strict;			/* checkpatch: a CHECK counts as well, unless its kind is in known */
	const char *known;		/* what checkpatch says and was seen; or NULL */
	struct hand *hand;		/* it is a patch of the shelf; NULL: spatch's */
	/*
	 * Where jobs of the shelf come before it in its group: all that they and it change, without and with it; the proof
	 * reads both.  Else nothing: the tree's files, and files above.
	 */
	struct job_texts before, after;
};

struct plan {
	VEC(struct job) jobs;		/* in the inventory's order */
	struct job_group { struct job **items; size_t nr, cap; } *groups;
	size_t nr_groups;
};

/*
 * Add one job for every auto handler that is selected and has none yet, with those that change together with it; then
 * put all jobs into groups.  A handler that cannot be planned (a hostile
 * path, an instance that no rule rewrites) becomes a job that has failed.
 */
void plan_make(struct plan *p, struct inventory *inv,
	       bool (*selected)(const struct handler *h, void *ctx), void *ctx);
void plan_free(struct plan *p);

/* Nothing is there any more. */
void job_texts_free(struct job_texts *t);

/* Mark a job failed; takes over error.  The first failure stays. */
void job_fail(struct job *job, const char *stage, char *error);

/*
 * The hook's name, as upstream names it: the handler's with "_prepare" behind (foo_mmap_prepare,
 * mmap_mem_prepare); a name that says nothing of mmap gets "_mmap_prepare".  Caller frees.
 */
char *plan_new_name(const char *function);

/* May this path be copied to the overlay: inside the tree, no repository of git's? */
bool plan_path_is_safe(const char *path);

#endif
