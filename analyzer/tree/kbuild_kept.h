/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kbuild answered before.  It is kept in the kbuild folder, file by file, and goes when that goes.
 */
#ifndef MMAPCONV_TREE_KBUILD_KEPT_H
#define MMAPCONV_TREE_KBUILD_KEPT_H

#include "cache/cache.h"
#include "tree/kbuild.h"

/*
 * kbuild_commands(), of which those that an earlier run asked for are known as long as nothing changed that
 * make reads.  cache: NULL when nothing of other runs is to be used.  makefiles: what make reads of the
 * tree, but for scripts/.
 */
int kbuild_commands_kept(const struct kbuild *kb, const struct strlist *files, struct cache *cache,
			 const struct strlist *makefiles, command_vec *out, char **why);

#endif
