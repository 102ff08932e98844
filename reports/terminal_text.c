// SPDX-License-Identifier: GPL-2.0-only
#include "terminal_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* One column a byte: what is no printable ASCII is "?", an ellipsis three dots. */
char *terminal_plain(const char *text)
{
	char *copy = xstrdup(text), *s;

	for (s = copy; (s = strstr(s, "…"));)
		s = (char *)memset(s, '.', strlen("…")) + strlen("…");
	for (s = copy; *s; s++)
		if (*s < ' ' || *s >= 0x7f)
			*s = '?';
	return copy;
}

/* "dir/file.c:12": what a reader pastes into an editor or a shell, where a line break would spoil it. */
static bool is_place(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (word[i] < '+' || strchr(";<=>?[]\\{|}", word[i]))
			return false;
	return memchr(word, '/', len);
}

void terminal_wrap(FILE *stream, const char *full, unsigned column, unsigned indent)
{
	char *copy = terminal_plain(full);
	const char *gap = "", *text = copy;
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
		if (is_place(text, len)) {
			fwrite(text, 1, len, stream);
			text += len;
			column += (unsigned)len;
			len = 0;
		}
		/* Any other word that is longer than a line is cut into lines: nothing is left out. */
		while (len) {
			if (column >= TERMINAL_WIDTH) {
				fprintf(stream, "\n%*s", (int)indent, "");
				column = indent;
			}
			part = len < TERMINAL_WIDTH - column ? len : TERMINAL_WIDTH - column;
			fwrite(text, 1, part, stream);
			text += part;
			len -= part;
			column += (unsigned)part;
		}
		gap = " ";
	}
	fputc('\n', stream);
	free(copy);
}
