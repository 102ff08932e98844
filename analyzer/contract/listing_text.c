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

/* May a word be cut behind its first i bytes: "a(" "b", "a" "->b", "a" ".b"? */
static bool may_cut(const char *s, size_t i)
{
	return s[i - 1] == '(' || s[i - 1] == '/' || (s[i] == '-' && s[i + 1] == '>') ||
	       (s[i] == '.' && s[i + 1] != '.' && s[i - 1] != '.');
}

/* Where a long word is cut best, between two places; or 0. */
static size_t best_cut(const char *s, size_t from, size_t to)
{
	size_t i;

	for (i = to; i > from; i--)
		if (may_cut(s, i))
			return i;
	return 0;
}

/*
 * How many bytes of s go on a line that has room for so many, where a line of its own has `full`: up to a
 * space, if there is one, unless the word behind it has to be cut anyhow.
 */
static size_t part(const char *s, size_t room, size_t full)
{
	size_t i, cut;

	if (strlen(s) <= room)
		return strlen(s);
	for (i = room; i && s[i] != ' '; i--)
		;
	if (i && strcspn(s + i + 1, " ") <= full)
		return i;
	cut = best_cut(s, i + (room - i) / 2, room);
	return cut ? cut : i ? i : room;
}

void listing_wrap(struct strbuf *b, const char *text, size_t indent)
{
	size_t column = listing_column(b), len;
	char *s = ascii(text), *at = s;

	for (;;) {
		len = column < LISTING_WIDTH ? part(at, LISTING_WIDTH - column, LISTING_WIDTH - indent) : 0;
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
