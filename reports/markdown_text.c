// SPDX-License-Identifier: GPL-2.0-only
#include "markdown_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* U+2028 and U+2029 break lines, U+0085 and its C1 kin and U+202A..U+202E, U+2066..U+2069 (text
 * that shows in another order than it is written) have no place in a name either. */
static bool is_control(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;

	if (len == 1)
		return p[0] < 0x20 || p[0] == 0x7f;
	if (len == 2)
		return p[0] == 0xc2 && p[1] < 0xa0;
	if (len == 3 && p[0] == 0xe2)
		return (p[1] == 0x80 && p[2] >= 0xa8 && p[2] <= 0xae) ||
		       (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9);
	return false;
}

/* A copy that is UTF-8 without control characters; caller frees. */
static char *clean_copy(const char *s)
{
	struct strbuf utf8 = { 0 }, clean = { 0 };
	const char *p;
	size_t len;

	utf8_add(&utf8, s);
	for (p = utf8.s; *p; p += len) {
		len = utf8_length(p);
		if (is_control(p, len))
			strbuf_adds(&clean, " ");
		else
			strbuf_add(&clean, p, len);
	}
	strbuf_free(&utf8);
	return strbuf_detach(&clean);
}

/* An underscore inside a word is no emphasis; left alone, vm_flags stays readable in a mail. */
static bool needs_escape(char before, char c, char after)
{
	if (c == '_')
		return !isalnum((unsigned char)before) || !isalnum((unsigned char)after);
	return c && strchr("\\`*[]<>|&~$", c);
}

/* Where a line or a list item begins, "# ", "- " and "1. " start a block of their own. */
static bool starts_block(const struct strbuf *b)
{
	return !b->len || b->s[b->len - 1] == '\n' || str_ends(b->s, "- ");
}

static bool is_block_mark(const char *text, const char *p)
{
	if (p == text)
		return *p && strchr("#+-=", *p);
	return (*p == '.' || *p == ')') && (size_t)(p - text) == strspn(text, "0123456789");
}

void md_text(struct strbuf *b, const char *s)
{
	char *clean, *text, *p, before = ' ';
	bool start = starts_block(b);

	if (!s)
		return;
	clean = clean_copy(s);
	text = clean + strspn(clean, start ? " " : "");
	for (p = text; *p; before = *p++) {
		if (needs_escape(before, *p, p[1]) || (start && is_block_mark(text, p)))
			strbuf_adds(b, "\\");
		strbuf_add(b, p, 1);
	}
	free(clean);
}

void md_code(struct strbuf *b, const char *s)
{
	size_t run = 0, longest = 0, i;
	char *clean, *p;
	bool pad;

	if (!s || !*s) {
		strbuf_adds(b, "(none)");
		return;
	}
	clean = clean_copy(s);
	for (p = clean; *p; p++) {
		run = *p == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	/* Spaces inside the fence, which Markdown takes off, where a name starts or ends with "`". */
	pad = clean[0] == '`' || p[-1] == '`' || clean[0] == ' ' || p[-1] == ' ';
	for (i = 0; i <= longest; i++)
		strbuf_adds(b, "`");
	if (pad)
		strbuf_adds(b, " ");
	for (p = clean; *p; p++) {
		/*
		 * A pipe ends a table cell even inside code; "\|" helps in a table and shows its
		 * backslash elsewhere.  No C name holds one: the broken bar stands in for it.
		 */
		if (*p == '|')
			strbuf_adds(b, "\xc2\xa6");
		else
			strbuf_add(b, p, 1);
	}
	if (pad)
		strbuf_adds(b, " ");
	for (i = 0; i <= longest; i++)
		strbuf_adds(b, "`");
	free(clean);
}

void md_place(struct strbuf *b, const char *file, unsigned line)
{
	char *place = line && file ? xasprintf("%s:%u", file, line) : NULL;

	md_code(b, place ? place : file);
	free(place);
}
