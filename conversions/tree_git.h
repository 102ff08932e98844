/* SPDX-License-Identifier: GPL-2.0-only */
/* Questions to git about the user's tree, which is read and never written. */
#ifndef MMAPCONV_CONVERSIONS_TREE_GIT_H
#define MMAPCONV_CONVERSIONS_TREE_GIT_H

#include "tree/tree.h"

/*
 * What `git args…` prints in the tree; where that is no git checkout, in "/" (the user's own
 * configuration).  The tree's configuration is not ours: whatever in it could run a program or reach
 * the network is switched off.  NULL when git fails; the caller frees.
 */
char *tree_git(const struct tree *t, const char *const *args);

/* Can the path stand in another repository's list of alternates: absolute, no quote or comment at its front? */
bool tree_git_is_place(const char *path);
/* Where the objects of a git checkout are, absolute; NULL: no checkout, or none that another repository can use.  The caller frees. */
char *tree_git_objects(const struct tree *t);

#endif
