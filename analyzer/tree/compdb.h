/* SPDX-License-Identifier: GPL-2.0-only */
/* The tree's own compile_commands.json. */
#ifndef MMAPCONV_TREE_COMPDB_H
#define MMAPCONV_TREE_COMPDB_H

#include "tree/flags.h"

struct compdb;

/*
 * Read ROOT/compile_commands.json.  NULL when there is none, or when it is damaged, after a
 * warning.
 */
struct compdb *compdb_open(const char *root);
void compdb_close(struct compdb *db);

/*
 * The command for a file, given relative to the tree, on arch; NULL when there is none.  The
 * caller owns it.  A command that includes from arch/X/include is one for X; one that names no
 * architecture holds for any.
 */
struct compile_command *compdb_find(const struct compdb *db, const struct arch *arch,
				    const char *file);

#endif
