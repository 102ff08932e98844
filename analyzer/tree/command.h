/* SPDX-License-Identifier: GPL-2.0-only */
/* From a compiler's command line to the two forms of struct compile_command. */
#ifndef MMAPCONV_TREE_COMMAND_H
#define MMAPCONV_TREE_COMMAND_H

#include "tree/flags.h"

struct compile_command *command_new(const char *file, enum flags_source source, const char *cwd);
void command_free(struct compile_command *c);

/*
 * Fill c->argv from words, a command that compiles the file `source` (as written in words): the
 * compiler and its options, without what names or writes an output, without the source, and
 * without what makes a compiler load or run another program.
 */
void command_argv(struct compile_command *c, const struct strlist *words, const char *source);

/* Fill c->clang_args from c->argv and c->cwd: no path in it depends on the folder it is used in. */
void command_clang_args(struct compile_command *c, const struct arch *arch);

#endif
