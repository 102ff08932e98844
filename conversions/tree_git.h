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

#endif
