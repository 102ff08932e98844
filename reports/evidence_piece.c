// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which lines around a line belong together, from the layout alone: this is for a reader's eye, and a tree that
 * does not compile has its text shown, too.
 */
#include <ctype.h>
#include <string.h>

#include "evidence.h"

enum { MAX_LINES = 300 };

VEC_DECLARE(line_list, const char *);

static size_t length(const char *line)
{
	size_t len = strcspn(line, "\n");

	while (len && isspace((unsigned char)line[len - 1]))
		len--;
	return len;
}

static bool ends_with(const char *line, const char *chars)
{
	size_t len = length(line);

	return len && strchr(chars, line[len - 1]);
}

/* May a declaration begin behind this line: blank, a preprocessor's, the end of a declaration or of a comment? */
static bool is_between(const char *line)
{
	return !length(line) || *line == '#' || *line == '}' || *line == ')' || ends_with(line, ";") ||
	       (length(line) > 1 && !strncmp(line + length(line) - 2, "*/", 2));
}

static bool begins(const struct line_list *l, size_t i)
{
	const char *line = l->items[i];

	if (!isalpha((unsigned char)*line) && *line != '_')
		return false;
	return !ends_with(line, ":") && (!i || is_between(l->items[i - 1]));
}

/* The end of what begins in line i: a line "}…", or of what has no braces the line with the semicolon. */
static size_t end_of(const struct line_list *l, size_t i)
{
	bool braces = false;
	size_t at;

	for (at = i; at < l->nr && at < i + MAX_LINES; at++) {
		braces |= ends_with(l->items[at], "{");
		if (*l->items[at] == '}' || (!braces && ends_with(l->items[at], ";")))
			return at;
		if (at > i && begins(l, at) && !length(l->items[at - 1]))
			return at - 1;
	}
	return at - 1;
}

bool evidence_piece(const char *text, unsigned line, unsigned *first, unsigned *last)
{
	struct line_list l = { 0 };
	size_t from, to;
	bool found;

	while (*text) {
		*vec_push(&l) = text;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	found = line && line <= l.nr;
	if (found) {
		from = line - 1;
		while (from && !begins(&l, from) && line - 1 - from < MAX_LINES)
			from--;
		to = end_of(&l, from);
		if (!begins(&l, from) || to < line - 1) {	/* between declarations */
			from = line - 1;
			to = line - 1;
		}
		*first = (unsigned)from + 1;
		*last = (unsigned)to + 1;
	}
	vec_free(&l);
	return found;
}
