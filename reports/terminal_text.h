/* SPDX-License-Identifier: GPL-2.0-only */
/* Text for a terminal: 80 columns of printable ASCII, whatever the tree's names hold. */
#ifndef MMAPCONV_REPORTS_TERMINAL_TEXT_H
#define MMAPCONV_REPORTS_TERMINAL_TEXT_H

#include <stdio.h>

#define TERMINAL_WIDTH 80

/*
 * Print text in lines of at most TERMINAL_WIDTH columns, broken at spaces where there are any,
 * lines after the first indented by `indent` columns.  `column` columns of the first line are used.
 * The name of a place in a file stays whole, however long.
 * A byte that is not printable ASCII shows as "?".  Ends with a newline.
 */
void terminal_wrap(FILE *stream, const char *text, unsigned column, unsigned indent);

/* A copy with the same done to its bytes, for a cell of a table; caller frees. */
char *terminal_plain(const char *text);

#endif
