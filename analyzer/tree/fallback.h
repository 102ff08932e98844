/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compile flags made up by us, for where neither the tree nor kbuild has any: they run nothing
 * from the tree.  What kbuild would generate (the configuration, constants, wrappers for generic
 * asm headers) is written, from data of the tree, into a folder of the cache.
 */
#ifndef MMAPCONV_TREE_FALLBACK_H
#define MMAPCONV_TREE_FALLBACK_H

#include "tree/flags.h"

/* Make the folder of generated headers for arch below base.  NULL when it cannot be written: the
 * commands then do without.  The caller frees. */
char *fallback_headers(const struct tree *t, const struct arch *arch, const char *base);

/* The command of a file; headers as fallback_headers() gave it, may be NULL.  The caller owns it. */
struct compile_command *fallback_command(const struct tree *t, const struct arch *arch,
					 const char *headers, const char *file);

#endif
