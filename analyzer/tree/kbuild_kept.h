/* SPDX-License-Identifier: GPL-2.0-only */
/* What kbuild answered before. */
#ifndef MMAPCONV_TREE_KBUILD_KEPT_H
#define MMAPCONV_TREE_KBUILD_KEPT_H

#include "cache/cache.h"
#include "tree/kbuild.h"

/*
 * kbuild_commands(), asked of the cache first (NULL: there is none).  makefiles: what make reads of the
 * tree, but for scripts/.
 */
int kbuild_commands_kept(const struct kbuild *kb, const struct strlist *files, struct cache *cache,
			 const struct strlist *makefiles, command_vec *out, char **why);

#endif
