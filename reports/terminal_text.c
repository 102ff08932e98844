// SPDX-License-Identifier: GPL-2.0-only
#include "terminal_text.h"

#include <string.h>

static void put(FILE *stream, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		fputc(s[i] >= ' ' && s[i] < 0x7f ? s[i] : '?', stream);
}

void terminal_wrap(FILE *stream, const char *text, unsigned column, unsigned indent)
{
	const char *gap = "";
	size_t len, part;

	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		len = strcspn(text, " ");
		if (*gap && column + 1 + len > TERMINAL_WIDTH) {
			fprintf(stream, "\n%*s", (int)indent, "");
			column = indent;
			gap = "";
		}
		fputs(gap, stream);
		column += (unsigned)strlen(gap);
		/* A word that is longer than a line is cut into lines: nothing is left out. */
		while (len) {
			if (column >= TERMINAL_WIDTH) {
				fprintf(stream, "\n%*s", (int)indent, "");
				column = indent;
			}
			part = len < TERMINAL_WIDTH - column ? len : TERMINAL_WIDTH - column;
			put(stream, text, part);
			text += part;
			len -= part;
			column += (unsigned)part;
		}
		gap = " ";
	}
	fputc('\n', stream);
}
