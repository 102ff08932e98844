/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A posting's scratch repository below OUT/work: of a git checkout one that borrows the user's objects
 * and has just the touched files in its worktree, at HEAD; of any other tree one that is made of copies of
 * these files.  The user's repository is asked where its objects are, and nothing else.
 */
#ifndef MMAPCONV_CONVERSIONS_SERIES_REPO_H
#define MMAPCONV_CONVERSIONS_SERIES_REPO_H

#include "overlay.h"
#include "tree/tree.h"

/* What is known of the user's checkout. */
struct checkout {
	char *commit;			/* HEAD; NULL: no git checkout, or one that git cannot read */
	char *date;			/* of that commit, as git takes dates */
	char *day;			/* the same, "20260131" */
	char *objects, *shallow;	/* absolute paths */
	char *format;			/* of object names: "sha1" */
};
void checkout_read(const struct tree *t, struct checkout *c);	/* a warning where git cannot read it */
void checkout_free(struct checkout *c);

struct repo {
	struct overlay o;
	const struct checkout *checkout;	/* borrowed */
	struct author who;			/* with a date: all commits are made in this name; borrowed */
};

/*
 * Make it at dir, with these files, a branch of that name at the base.  0 or a negative errno (message
 * printed); -EINVAL with *error (caller frees) when a file cannot be taken.
 */
int repo_open(struct repo *r, const struct tree *t, const struct checkout *c, const struct author *who,
	      const char *dir, const struct strlist *files, const char *branch, char **error);
void repo_close(struct repo *r);

/* Run git there; out may be NULL.  0 or a negative errno (message printed). */
int repo_git(const struct repo *r, const char *const *args, const char *input, struct strbuf *out);
/* The same, and git may refuse: -EINVAL, with the first line of what it says (caller frees). */
int repo_try(const struct repo *r, const char *const *args, const char *input, size_t len, struct strbuf *out,
	     char **error);
#define GIT(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* A commit's name, without a newline; caller frees.  NULL after a message. */
char *repo_commit_name(const struct repo *r, const char *what);
/* The same commit on another parent; caller frees.  NULL after a message. */
char *repo_recommit(const struct repo *r, const char *commit, const char *parent);

#endif
