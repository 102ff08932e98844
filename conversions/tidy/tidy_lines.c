// SPDX-License-Identifier: GPL-2.0-only
/* Lines that the rewrite made longer than 80 columns are broken as the kernel breaks them. */
#include <string.h>

#include "rewrite/regions.h"
#include "tidy/tidy.h"

#define LINE_LIMIT	80

struct place {
	size_t token;			/* the line breaks behind this one */
	unsigned depth, column;		/* of the continuation line */
	unsigned rank;			/* 0: && and ||, 1: comma, 2: assignment */
};

static bool was_there(const struct tidy *t, const char *line, size_t len)
{
	const char *p = t->before->text;
	const char *end = p + t->before->len;
	const char *hit;

	for (; (hit = memmem(p, (size_t)(end - p), line, len)); p = hit + 1)
		if ((hit == t->before->text || hit[-1] == '\n') && (hit + len == end || hit[len] == '\n'))
			return true;
	return false;
}

static char *indent(unsigned column)
{
	struct strbuf b = { 0 };
	unsigned i;

	strbuf_adds(&b, "\n");
	for (i = 0; i < column / 8; i++)
		strbuf_adds(&b, "\t");
	for (i = 0; i < column % 8; i++)
		strbuf_adds(&b, " ");
	return strbuf_detach(&b);
}

/*
 * The best place in the line of tokens first..last: at the lowest bracket depth, there at a logical
 * operator rather than a comma, and as far right as fits.
 */
static bool best_place(const struct source *s, size_t first, size_t last, struct place *best)
{
	unsigned columns[32], depth = 0, rank, col;
	bool found = false;
	size_t i;

	for (i = first; i < last; i++) {
		const struct ctoken *k = &s->tokens.items[i];

		col = text_column(s->text, k->off + k->len);
		if (ctoken_is(s, i, "(") || ctoken_is(s, i, "[")) {
			if (depth < 32)
				columns[depth] = col;
			depth++;
		} else if ((ctoken_is(s, i, ")") || ctoken_is(s, i, "]")) && depth) {
			depth--;
		}
		if (!depth || depth > 32 || col > LINE_LIMIT)
			continue;
		rank = ctoken_is(s, i, "&&") || ctoken_is(s, i, "||") ? 0 : ctoken_is(s, i, ",") ? 1 : 2;
		if (rank == 2 || (found && (depth > best->depth ||
					    (depth == best->depth && rank > best->rank))))
			continue;
		*best = (struct place){ .token = i, .depth = depth, .column = columns[depth - 1],
					.rank = rank };
		found = true;
	}
	return found;
}

static void break_line(const struct source *s, size_t first, size_t last, struct edits *e)
{
	struct place best = { 0 };
	size_t from, to;

	if (!best_place(s, first, last, &best))
		return;
	from = s->tokens.items[best.token].off + s->tokens.items[best.token].len;
	to = s->tokens.items[best.token + 1].off;
	if (strspn(s->text + from, " \t") < to - from)
		return;
	/* A tail that stays too long in its new place gains nothing. */
	if (best.column + text_column(s->text, s->tokens.items[last].off + s->tokens.items[last].len) -
	    text_column(s->text, to) > 100)
		return;
	edits_add(e, from, to - from, indent(best.column));
}

void tidy_long_lines(const struct tidy *t, const struct source *s, struct edits *e)
{
	struct regions hooks = { 0 };
	size_t i, first, last, start, end;

	tidy_hooks(t, s, &hooks);
	for (i = 0; i < hooks.nr; i++)
		for (first = hooks.items[i].name; first <= hooks.items[i].last; first = last + 1) {
			last = first;
			while (last < hooks.items[i].last &&
			       s->tokens.items[last + 1].line == s->tokens.items[first].line)
				last++;
			start = text_line_start(s->text, s->tokens.items[first].off);
			end = text_line_end(s->text, s->len, start);
			if (s->tokens.items[first].directive ||
			    text_column(s->text, end) <= LINE_LIMIT ||
			    was_there(t, s->text + start, end - start))
				continue;
			break_line(s, first, last, e);
		}
	vec_free(&hooks);
}
