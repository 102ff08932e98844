// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/regions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAX_IF_DEPTH	64

/*
 * Brace depth with all branches of every #if in the text: each branch begins at the depth that the
 * #if found, or `if (a) {` / #else / `if (b) {` would count twice.
 */
struct braces {
	long depth;
	long at_if[MAX_IF_DEPTH];
	unsigned ifs;
};

static void count(struct braces *b, const struct source *s, size_t i)
{
	if (s->tokens.items[i].bol) {
		if (ctoken_is(s, i + 1, "if") || ctoken_is(s, i + 1, "ifdef") ||
		    ctoken_is(s, i + 1, "ifndef")) {
			if (b->ifs < MAX_IF_DEPTH)
				b->at_if[b->ifs] = b->depth;
			b->ifs++;
		} else if (ctoken_is(s, i + 1, "else") || ctoken_is(s, i + 1, "elif")) {
			if (b->ifs && b->ifs <= MAX_IF_DEPTH)
				b->depth = b->at_if[b->ifs - 1];
		} else if (ctoken_is(s, i + 1, "endif") && b->ifs) {
			b->ifs--;
		}
	}
	if (s->tokens.items[i].directive)
		return;
	if (ctoken_is(s, i, "{"))
		b->depth++;
	else if (ctoken_is(s, i, "}"))
		b->depth--;
}

/* The token that closes the body which begins at i, or tokens.nr. */
static size_t body_end(const struct source *s, size_t i)
{
	struct braces b = { 0 };

	for (; i < s->tokens.nr; i++) {
		count(&b, s, i);
		if (!b.depth && !s->tokens.items[i].directive && ctoken_is(s, i, "}"))
			return i;
	}
	return i;
}

static size_t specifiers(const struct source *s, size_t name)
{
	size_t i = name;

	while (i && !s->tokens.items[i - 1].directive && !ctoken_is(s, i - 1, ";") &&
	       !ctoken_is(s, i - 1, "}"))
		i--;
	return i;
}

/* Is the name at i, with its parameter list, followed by a body or a semicolon? */
static bool look(const struct source *s, size_t i, struct region *r)
{
	size_t p;

	*r = (struct region){ .name = i, .first = specifiers(s, i), .open = i + 1 };
	if (!ctoken_is(s, r->open, "(") || r->first == i)
		return false;
	r->close = source_close(s, r->open);
	/* Attributes may stand between the list and the body. */
	for (p = r->close + 1; p < s->tokens.nr; p++) {
		if (ctoken_is(s, p, "(")) {
			p = source_close(s, p);
		} else if (ctoken_is(s, p, "{")) {
			r->is_definition = true;
			r->last = body_end(s, p);
			return true;
		} else if (ctoken_is(s, p, ";")) {
			r->last = p;
			return true;
		} else if (s->tokens.items[p].directive || s->tokens.items[p].kind != C_IDENT) {
			return false;
		}
	}
	return false;
}

int regions_find(const struct source *s, const char *name, struct regions *out, unsigned *line)
{
	struct braces b = { 0 };
	struct region r;
	size_t i;

	for (i = 0; i < s->tokens.nr; i++) {
		count(&b, s, i);
		if (b.depth || s->tokens.items[i].directive || !ctoken_is(s, i, name) ||
		    !look(s, i, &r))
			continue;
		if (r.last >= s->tokens.nr) {
			*line = s->tokens.items[i].line;
			return -EINVAL;
		}
		*(struct region *)vec_push(out) = r;
		i = r.last;
	}
	return 0;
}

unsigned regions_defines(const struct source *s, const char *name)
{
	unsigned nr = 0;
	size_t i;

	for (i = 0; i < s->tokens.nr; i++)
		nr += s->tokens.items[i].bol && ctoken_is(s, i + 1, "define") &&
		      ctoken_is(s, i + 2, name);
	return nr;
}

char *region_parameter(const struct source *s, const struct region *r, const char *tag)
{
	size_t i;

	for (i = r->open; i + 3 < r->close; i++)
		if (ctoken_is(s, i, "struct") && ctoken_is(s, i + 1, tag) && ctoken_is(s, i + 2, "*") &&
		    s->tokens.items[i + 3].kind == C_IDENT)
			return ctoken_text(s, i + 3);
	return NULL;
}

size_t region_begin(const struct source *s, const struct region *r)
{
	size_t at = text_line_start(s->text, s->tokens.items[r->first].off), from, k;
	const struct ccomment *c;

	for (k = s->comments.nr; k-- > 0;) {
		c = &s->comments.items[k];
		if (c->off >= at)
			continue;
		from = c->off + c->len;
		/* Only its own line's end between, and nothing before it on its line. */
		if (from + strspn(s->text + from, " \t\n") < at || at - from > 1 ||
		    text_line_start(s->text, c->off) != c->off)
			break;
		at = c->off;
	}
	return at;
}
