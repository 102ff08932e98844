/* SPDX-License-Identifier: GPL-2.0-only */
/* A file as kbuild is asked for it. */
#ifndef MMAPCONV_TREE_KBUILD_TARGET_H
#define MMAPCONV_TREE_KBUILD_TARGET_H

#include "tree/kbuild.h"

struct kbuild_target {
	char *file;			/* a/b/x.c, relative to the tree */
	char *object;			/* a/b/x.o, or a/c/../b/x.o where the Makefile of c builds it */
	char *dir;			/* whose Makefile builds it: a/b, or a/c */
	bool generates;			/* that Makefile has steps that may make headers for it */
	struct compile_command *command;
};

typedef VEC(struct kbuild_target) target_vec;

/*
 * The folder whose Makefile builds what is in dir, relative to the tree; the caller frees.  Nearly
 * always dir itself.  Some drivers keep a part in a folder beside theirs, with a Makefile that is
 * included (drm's amdgpu and ../amdkfd): that is found in the Makefiles' text.
 */
char *kbuild_owner(const char *root, const char *dir);

/* Make the headers that targets marked `generates` need.  Returns 0 or -EINTR. */
int kbuild_generate(const struct kbuild *kb, const target_vec *targets);

#endif
