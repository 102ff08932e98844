/* SPDX-License-Identifier: GPL-2.0-only */
/* Text in 80 columns of printable ASCII, into a buffer. */
#ifndef MMAPCONV_CONTRACT_LISTING_TEXT_H
#define MMAPCONV_CONTRACT_LISTING_TEXT_H

#include "base/mem.h"

enum { LISTING_WIDTH = 80 };

/* How many columns the last line of b has so far. */
size_t listing_column(const struct strbuf *b);

/*
 * Append text where the line stands; what does not fit goes on lines of its own, indented by `indent`.  "…" becomes
 * "...", any other character that is not printable ASCII "?".
 */
void listing_wrap(struct strbuf *b, const char *text, size_t indent);

/* The columns that a text takes when it is written so. */
size_t listing_width(const char *text);

#endif
