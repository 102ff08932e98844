/* SPDX-License-Identifier: GPL-2.0-only */
/* A command line cut into words by the shell's quoting rules, with no shell and no expansion. */
#ifndef MMAPCONV_TREE_SHELL_WORDS_H
#define MMAPCONV_TREE_SHELL_WORDS_H

#include "base/mem.h"

/*
 * The words of s[0..len) are appended to out: '…', "…" and \x as POSIX has them; $, `, *, ; and
 * the like are ordinary characters.  Returns 0, or -EINVAL when a quote is not closed (out is then
 * what it was).
 */
int shell_words(const char *s, size_t len, struct strlist *out);

#endif
