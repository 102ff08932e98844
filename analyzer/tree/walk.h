/* SPDX-License-Identifier: GPL-2.0-only */
/* The source files of a tree; symbolic links are not followed. */
#ifndef MMAPCONV_TREE_WALK_H
#define MMAPCONV_TREE_WALK_H

#include "base/mem.h"

struct walk {
	struct strlist sources, headers, rust;	/* relative paths, sorted */
	struct strlist makefiles;		/* Makefile, Kbuild, Kconfig and their like, sorted */
	struct strlist unread;			/* "folder: why" */
};

/* Returns 0, or a negative errno when the root itself cannot be read. */
int walk_tree(const char *root, struct walk *w);
void walk_free(struct walk *w);

#endif
