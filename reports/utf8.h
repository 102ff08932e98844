/* SPDX-License-Identifier: GPL-2.0-only */
/* Names and texts of a tree are bytes; what is written to a report is UTF-8. */
#ifndef MMAPCONV_REPORTS_UTF8_H
#define MMAPCONV_REPORTS_UTF8_H

#include "base/mem.h"

#define UTF8_REPLACEMENT "\xef\xbf\xbd"		/* U+FFFD */

/*
 * The length in bytes (1 to 4) of the character that s starts with; 0 if these bytes are none:
 * overlong, surrogate, past U+10FFFF or cut off.  s is NUL-terminated and not empty.
 */
size_t utf8_length(const char *s);

bool utf8_valid(const char *s);

/* Add s to b with every byte that belongs to no character replaced by U+FFFD. */
void utf8_add(struct strbuf *b, const char *s);

#endif
