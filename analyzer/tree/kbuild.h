/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree's own build system as a source of compile commands: an O= folder per architecture in
 * the cache, allmodconfig and prepare, then a dry run that prints the commands.
 */
#ifndef MMAPCONV_TREE_KBUILD_H
#define MMAPCONV_TREE_KBUILD_H

#include "tree/flags.h"

struct kbuild {
	const struct tree *tree;	/* borrowed */
	const struct arch *arch;
	unsigned jobs;
	char *dir;			/* the O= folder, absolute */
	int lock;			/* its lock, held while it is made or asked; -1: not held */
};

/*
 * Make kb->dir ready below base, a folder of the cache: configured and prepared, now or by an
 * earlier run.  Returns 0 with the lock held, or a negative errno with *why saying what failed and
 * the mend (caller frees).  kbuild_release() in every case.
 */
int kbuild_prepare(struct kbuild *kb, const struct tree *t, const struct arch *arch,
		   const char *base, unsigned jobs, char **why);
void kbuild_unlock(struct kbuild *kb);
void kbuild_release(struct kbuild *kb);

/* Run make in kb->dir's name: `args` after what all calls share.  As run() returns. */
struct run_result;
int kbuild_make(const struct kbuild *kb, const struct strlist *args, unsigned timeout_s,
		struct run_result *res);
/* Run it for one target, with args before that (or NULL).  0, or a negative errno with *why (caller frees). */
int kbuild_make_target(const struct kbuild *kb, const struct strlist *args, const char *target, unsigned timeout_s,
		       char **why);

/* The package of the first program that is needed for arch and not there, and that program; NULL: all are.  The
 * caller frees both. */
char *kbuild_missing_tool(const struct arch *arch, char **program);

typedef VEC(struct compile_command *) command_vec;

/*
 * The commands of files, appended to out; a file that kbuild has no rule for is left out.  Headers
 * that a folder's Makefile generates are made.  Returns 0 or a negative errno with *why.
 */
int kbuild_commands(const struct kbuild *kb, const struct strlist *files, command_vec *out,
		    char **why);

/* The cache's share: the folder for this tree (made, caller frees), after the oldest others are
 * removed.  *lock keeps another run from removing it: close it at the end.  NULL with *why. */
char *kbuild_base(const struct tree *t, int *lock, char **why);

#endif
