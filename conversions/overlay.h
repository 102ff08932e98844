/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Copies of just the touched files, in a scratch repository of git below OUT/work: the tree itself
 * is only read.  A commit there is one handler's patch.
 */
#ifndef MMAPCONV_CONVERSIONS_OVERLAY_H
#define MMAPCONV_CONVERSIONS_OVERLAY_H

#include "rewrite/source.h"

struct overlay {
	char *dir;			/* absolute; the repository's top */
	struct strlist files;
	bool has_repository;		/* overlay_init() was called */
};

/*
 * Make the folder dir; overlay_close() removes it.  0 or a negative errno (message printed).
 */
int overlay_open(struct overlay *o, const char *dir);
void overlay_close(struct overlay *o);

/*
 * Copy ROOT/path.  Returns 0, -EINTR, or another negative errno with *error set: a symbolic link on
 * the way, no regular file, too large, CR line endings or NUL bytes.
 */
int overlay_add(struct overlay *o, const char *root, const char *path, char **error);

/* Is a component of ROOT/path a symbolic link, which could lead out of the tree? */
bool overlay_has_link(const char *root, const char *path);

/* Read or replace a copy. */
int overlay_read(const struct overlay *o, const char *path, struct strbuf *b);
int overlay_write(const struct overlay *o, const char *path, const char *text, size_t len);

/* Run git in the overlay; its own configuration, none of the user's.  As run(). */
struct run_result;
int overlay_git(const struct overlay *o, const char *const *args, const char *input,
		struct run_result *res);

/* Who is named as the author of the patches; with a date: as their committer, too. */
struct author { char *name, *email, *date; };
int overlay_git_as(const struct overlay *o, const struct author *who, const char *const *args,
		   const char *input, size_t input_len, struct run_result *res);
/* Run what must succeed; out (may be NULL) gets what it prints.  0 or a negative errno (message printed). */
int overlay_git_must(const struct overlay *o, const struct author *who, const char *const *args,
		     const char *input, struct strbuf *out);

/* Make the repository, without a commit.  0 or a negative errno (message printed). */
int overlay_init(struct overlay *o);
/* The first commit: the files as the tree has them; makes the repository where there is none yet. */
int overlay_commit_base(struct overlay *o);
/*
 * Commit what has changed; *mail gets the commit in mail form.  0 or a negative errno (message
 * printed).
 */
int overlay_commit(const struct overlay *o, const struct author *who, const char *message,
		   struct strbuf *mail);
/* The last commit in mail form, appended; sign: with our name and version below it.  The same results. */
int overlay_format(const struct overlay *o, bool sign, struct strbuf *mail);
/* Forget the last commit. */
int overlay_drop_commit(const struct overlay *o);
/* Take a patch with `git am`: 0, -EINVAL when it does not apply (*error says why), or as run(). */
int overlay_am(const struct overlay *o, const char *mail, size_t len, char **error);

#endif
