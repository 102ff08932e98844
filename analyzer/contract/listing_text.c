// SPDX-License-Identifier: GPL-2.0-only
#include "contract/listing_text.h"

#include <stdlib.h>
#include <string.h>

static char *ascii(const char *s)
{
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	for (; *s; s++) {
		if (str_starts(s, "…")) {
			strbuf_adds(&b, "...");
			s += strlen("…") - 1;
		} else if (((unsigned char)*s & 0xc0) != 0x80) {	/* one "?" a character */
			strbuf_addf(&b, "%c", *s >= ' ' && *s < 0x7f ? *s : '?');
		}
	}
	return strbuf_detach(&b);
}

size_t listing_width(const char *text)
{
	char *s = ascii(text);
	size_t len = strlen(s);

	free(s);
	return len;
}

size_t listing_column(const struct strbuf *b)
{
	size_t i = b->len;

	while (i && b->s[i - 1] != '\n')
		i--;
	return b->len - i;
}

/* How many bytes of s go on a line that has room for so many: up to a space, if there is one. */
static size_t part(const char *s, size_t room)
{
	size_t i;

	if (strlen(s) <= room)
		return strlen(s);
	for (i = room; i; i--)
		if (s[i] == ' ')
			return i;
	return room;
}

void listing_wrap(struct strbuf *b, const char *text, size_t indent)
{
	size_t column = listing_column(b), len;
	char *s = ascii(text), *at = s;

	for (;;) {
		len = column < LISTING_WIDTH ? part(at, LISTING_WIDTH - column) : 0;
		/* A long word begins on a line of its own rather than being cut. */
		if (len && at[len] && at[len] != ' ' && column > indent && strcspn(at, " ") <= LISTING_WIDTH - indent)
			len = 0;
		strbuf_add(b, at, len);
		at += len;
		at += strspn(at, " ");
		if (!*at)
			break;
		while (b->len && b->s[b->len - 1] == ' ')
			b->s[--b->len] = '\0';
		strbuf_addf(b, "\n%*s", (int)indent, "");
		column = indent;
	}
	free(s);
}
