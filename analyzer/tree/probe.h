/* SPDX-License-Identifier: GPL-2.0-only */
/* What a tree's mmap API offers, from the tokens of its headers. */
#ifndef MMAPCONV_TREE_PROBE_H
#define MMAPCONV_TREE_PROBE_H

#include "tree/tree.h"

/*
 * Fill api[] from the headers below root.  A header that is not there offers nothing; one that is
 * there and cannot be read is an error, with a message.  Returns 0 or a negative errno.
 */
int probe_api(const char *root, bool api[API_NR]);

/*
 * C text reduced to what a token comparison needs: comments, line splices and white space are
 * gone, but for one space where two words would run together.  String and character literals stay
 * as they are.  Appended to out.
 */
void probe_fold(const char *text, size_t len, struct strbuf *out);

/*
 * Does token occur in folded text, as whole words; if within ("struct NAME") is given, only in
 * that struct's braces?  token and within are written as a person writes C.
 */
bool probe_has(const char *folded, const char *token, const char *within);

#endif
