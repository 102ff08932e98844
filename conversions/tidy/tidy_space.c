// SPDX-License-Identifier: GPL-2.0-only
/* White space in the hook that removed or inserted code left behind. */
#include <string.h>

#include "rewrite/regions.h"
#include "tidy/tidy.h"

static size_t end_of(const struct source *s, size_t i)
{
	return s->tokens.items[i].off + s->tokens.items[i].len;
}

/* Does a comment begin in [from, to)? */
static bool has_comment(const struct source *s, size_t from, size_t to)
{
	const struct ccomment *c;

	vec_each(c, &s->comments)
		if (c->off >= from && c->off < to)
			return true;
	return false;
}

static unsigned newlines(const char *p, size_t len)
{
	unsigned nr = 0;

	while (len--)
		nr += *p++ == '\n';
	return nr;
}

/* Blank lines behind the opening brace, before the closing one, and doubled ones. */
static void blank_lines(const struct source *s, const struct region *r, struct edits *e)
{
	size_t i, from, to, at, limit;

	for (i = r->close; i < r->last; i++) {
		from = end_of(s, i);
		to = s->tokens.items[i + 1].off;
		if (has_comment(s, from, to))
			continue;
		limit = ctoken_is(s, i, "{") || ctoken_is(s, i + 1, "}") ? 1 : 2;
		if (newlines(s->text + from, to - from) <= limit)
			continue;
		at = text_line_start(s->text, to);
		edits_add(e, from, at - from, xstrdup(limit == 1 ? "\n" : "\n\n"));
	}
}

/* Braces that spatch added: "}\n\telse" is written "} else". */
static void joined_else(const struct tidy *t, const struct source *s, const struct region *r,
			struct edits *e)
{
	size_t i, from, to;

	for (i = r->close; i < r->last; i++) {
		if (!ctoken_is(s, i, "}") || !ctoken_is(s, i + 1, "else") ||
		    s->tokens.items[i + 1].directive)
			continue;
		from = end_of(s, i);
		to = s->tokens.items[i + 1].off;
		if (!has_comment(s, from, to) && newlines(s->text + from, to - from) == 1)
			edits_add(e, from, to - from, xstrdup(" "));
	}
	(void)t;
}

/* spatch prints a cast with a space behind it: "(unsigned long) vma_desc_size(desc)". */
static void cast_space(const struct source *s, const struct region *r, struct edits *e)
{
	size_t i, open, from, to;

	for (i = r->close + 1; i < r->last; i++) {
		if (!ctoken_is(s, i, ")") ||
		    !str_starts(s->text + s->tokens.items[i + 1].off, "vma_desc_"))
			continue;
		for (open = i; open > r->close && (s->tokens.items[open - 1].kind == C_IDENT ||
						   ctoken_is(s, open - 1, "*")); open--)
			;
		/* A name before the parenthesis makes it a condition or a call. */
		if (open == i || !ctoken_is(s, open - 1, "(") ||
		    s->tokens.items[open - 2].kind == C_IDENT)
			continue;
		from = end_of(s, i);
		to = s->tokens.items[i + 1].off;
		if (to > from && strspn(s->text + from, " ") >= to - from)
			edits_add(e, from, to - from, xstrdup(""));
	}
}

/* Trailing white space on lines of the hook. */
static void line_ends(const struct source *s, const struct region *r, struct edits *e)
{
	size_t at = s->tokens.items[r->name].off, stop = end_of(s, r->last), end, p;

	for (; at < stop; at = end + 1) {
		end = text_line_end(s->text, s->len, at);
		for (p = end; p > at && (s->text[p - 1] == ' ' || s->text[p - 1] == '\t'); p--)
			;
		/* A blank line is blank_lines()'s; its edits must not meet these. */
		if (p < end && p > at && end < stop)
			edits_add(e, p, end - p, xstrdup(""));
	}
}

void tidy_space(const struct tidy *t, const struct source *s, struct edits *e)
{
	struct regions hooks = { 0 };
	struct edits ends = { 0 };
	size_t i, j, k;

	tidy_hooks(t, s, &hooks);
	for (i = 0; i < hooks.nr; i++) {
		blank_lines(s, &hooks.items[i], e);
		joined_else(t, s, &hooks.items[i], e);
		cast_space(s, &hooks.items[i], e);
		line_ends(s, &hooks.items[i], &ends);
	}
	/* Overlapping edits: the line's end gives way. */
	for (j = 0; j < ends.nr; j++) {
		for (k = 0; k < e->nr; k++)
			if (ends.items[j].off < e->items[k].off + e->items[k].len &&
			    e->items[k].off < ends.items[j].off + ends.items[j].len)
				break;
		if (k == e->nr)
			edits_add(e, ends.items[j].off, ends.items[j].len, xstrdup(""));
	}
	edits_free(&ends);
	vec_free(&hooks);
}
