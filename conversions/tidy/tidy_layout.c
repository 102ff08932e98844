// SPDX-License-Identifier: GPL-2.0-only
/* Places where spatch's printer lays out new code as nobody would write it. */
#include <string.h>

#include "rewrite/regions.h"
#include "tidy/tidy.h"

static size_t end_of(const struct source *s, size_t i)
{
	return s->tokens.items[i].off + s->tokens.items[i].len;
}

static bool only_blanks(const struct source *s, size_t from, size_t to)
{
	return strspn(s->text + from, " \t") >= to - from;
}

/* ") {statement": a line break behind the brace, one tab deeper than the line. */
static void brace(const struct source *s, size_t i, struct edits *e)
{
	size_t start = text_line_start(s->text, s->tokens.items[i].off), from = end_of(s, i);
	size_t tabs = strspn(s->text + start, "\t"), k;
	struct strbuf b = { 0 };

	if (!ctoken_is(s, i, "{") || s->tokens.items[i + 1].line != s->tokens.items[i].line ||
	    ctoken_is(s, i + 1, "}") || !i ||
	    !(ctoken_is(s, i - 1, ")") || ctoken_is(s, i - 1, "else") || ctoken_is(s, i - 1, "do")) ||
	    !only_blanks(s, from, s->tokens.items[i + 1].off))
		return;
	strbuf_adds(&b, "\n");
	for (k = 0; k <= tabs; k++)
		strbuf_adds(&b, "\t");
	edits_add(e, from, s->tokens.items[i + 1].off - from, strbuf_detach(&b));
}

/*
 * The declaration at token first stands behind the comment that began the body: it goes ahead, with the blank
 * line behind it where it is the only one.
 */
static bool before_comment(const struct source *s, size_t brace, size_t first, struct edits *e)
{
	size_t from = text_line_start(s->text, s->tokens.items[first].off);
	size_t to = text_line_end(s->text, s->len, from), at = end_of(s, brace);
	const struct ccomment *c;
	bool commented = false;

	vec_each(c, &s->comments)
		commented |= c->off > at && c->off < from && text_line_start(s->text, c->off) > at;
	if (!commented || s->text[at] != '\n' || s->tokens.items[first].line == s->tokens.items[brace].line)
		return false;
	to += s->text[to] == '\n';
	to += s->text[to] == '\n';
	edits_add(e, at + 1, 0, xstrndup(s->text + from, to - from));
	edits_add(e, from, to - from, xstrdup(""));
	return true;
}

/* "struct file *file = desc->file;" straight before an #if: a blank line goes between. */
static void declaration(const struct source *s, const struct region *r, struct edits *e)
{
	size_t i = r->close + 1;

	while (i < r->last && !ctoken_is(s, i, "{"))
		i++;
	if (!ctoken_is(s, i + 1, "struct") || !ctoken_is(s, i + 2, "file") ||
	    !ctoken_is(s, i + 6, "desc") || !ctoken_is(s, i + 8, "file") ||
	    !ctoken_is(s, i + 9, ";") || i + 10 > r->last || before_comment(s, i, i + 1, e) ||
	    !s->tokens.items[i + 10].bol ||
	    s->tokens.items[i + 10].line != s->tokens.items[i + 9].line + 1)
		return;
	edits_add(e, end_of(s, i + 9), 0, xstrdup("\n"));
}

/* Is this line, from its first token on, one of the old text?  *column: where it stood there. */
static bool old_line(const struct tidy *t, const char *line, size_t len, unsigned *column)
{
	const char *p = t->before->text, *end = p + t->before->len, *hit, *start;

	for (; (hit = memmem(p, (size_t)(end - p), line, len)); p = hit + 1) {
		start = t->before->text + text_line_start(t->before->text, (size_t)(hit - t->before->text));
		if (strspn(start, " \t") < (size_t)(hit - start) || (hit + len < end && hit[len] != '\n'))
			continue;
		*column = text_column(t->before->text, (size_t)(hit - t->before->text));
		return true;
	}
	return false;
}

/*
 * A line that goes on inside a parenthesis of the line above, was kept as it was, and was aligned
 * to the parenthesis there: it moves with it.
 */
static void continuation(const struct tidy *t, const struct source *s, size_t open, size_t first,
			 struct edits *e)
{
	size_t start = text_line_start(s->text, s->tokens.items[first].off);
	size_t off = s->tokens.items[first].off, end = text_line_end(s->text, s->len, off);
	unsigned want = text_column(s->text, s->tokens.items[open].off) + 1, was, i;
	unsigned is = text_column(s->text, off);
	struct strbuf b = { 0 };

	/* Tabs only: the author did not align.  A gap of more than the change: neither. */
	if (is == want || !memchr(s->text + start, ' ', off - start) ||
	    !old_line(t, s->text + off, end - off, &was) || was != is ||
	    (is > want ? is - want : want - is) > 8)
		return;
	for (i = 0; i < want / 8; i++)
		strbuf_adds(&b, "\t");
	for (i = 0; i < want % 8; i++)
		strbuf_adds(&b, " ");
	strbuf_adds(&b, "");
	edits_add(e, start, off - start, strbuf_detach(&b));
}

/* The line of token i is not one of the old file. */
static bool changed(const struct tidy *t, const struct source *s, size_t i)
{
	size_t start = text_line_start(s->text, s->tokens.items[i].off);
	size_t end = text_line_end(s->text, s->len, start);
	unsigned column;

	start += strspn(s->text + start, " \t");
	return !old_line(t, s->text + start, end - start, &column);
}

void tidy_layout(const struct tidy *t, const struct source *s, struct edits *e)
{
	struct regions hooks = { 0 };
	const struct region *r;
	size_t i, open[32];
	unsigned depth;

	tidy_hooks(t, s, &hooks);
	vec_each(r, &hooks) {
		declaration(s, r, e);
		depth = 0;
		for (i = r->close + 1; i < r->last; i++) {
			if (changed(t, s, i))
				brace(s, i, e);
			if (depth && depth <= 32 && !s->tokens.items[i].directive &&
			    s->tokens.items[i].line == s->tokens.items[open[depth - 1]].line + 1 &&
			    s->tokens.items[i - 1].line != s->tokens.items[i].line &&
			    changed(t, s, open[depth - 1]))
				continuation(t, s, open[depth - 1], i, e);
			if (ctoken_is(s, i, "(")) {
				if (depth < 32)
					open[depth] = i;
				depth++;
			} else if (ctoken_is(s, i, ")") && depth) {
				depth--;
			}
		}
	}
	vec_free(&hooks);
}

/* The token that ends the block's only statement, one line long; 0 when it is anything else. */
static size_t only_statement(const struct source *s, size_t brace, size_t close)
{
	const struct ctoken *k = s->tokens.items;
	size_t i;

	if (close < brace + 3 || !ctoken_is(s, close - 1, ";") || k[brace + 1].kind != C_IDENT ||
	    k[brace + 1].line != k[close - 1].line || k[brace + 1].line != k[brace].line + 1 ||
	    k[close].line != k[brace + 1].line + 1)
		return 0;
	for (i = brace + 1; i < close; i++)
		if (k[i].directive || ctoken_is(s, i, "{") || (ctoken_is(s, i, ";") && i != close - 1) ||
		    ctoken_is(s, i, "if") || ctoken_is(s, i, "for") || ctoken_is(s, i, "while"))
			return 0;
	return close - 1;
}

/*
 * "if (x) {\n\treturn 1;\n}": a condition of several lines, or a message, that needed the braces is
 * gone.  Chains with else, and blocks with a comment, keep theirs.
 */
void tidy_braces(const struct tidy *t, const struct source *s, struct edits *e)
{
	struct regions hooks = { 0 };
	const struct ctoken *k = s->tokens.items;
	const struct ccomment *c;
	const struct region *r;
	size_t i, brace, close, end;
	bool comment;

	tidy_hooks(t, s, &hooks);
	vec_each(r, &hooks)
		for (i = r->close + 1; i + 3 < r->last; i++) {
			if (!ctoken_is(s, i, "if") || ctoken_is(s, i - 1, "else") || !changed(t, s, i))
				continue;
			brace = source_close(s, i + 1) + 1;
			if (!ctoken_is(s, brace, "{") || k[brace].line != k[i].line)
				continue;
			close = source_close(s, brace);
			if (close >= r->last || ctoken_is(s, close + 1, "else"))
				continue;
			end = only_statement(s, brace, close);
			comment = false;
			vec_each(c, &s->comments)
				comment |= c->off > k[brace].off && c->off < k[close].off;
			if (!end || comment || k[close + 1].line == k[close].line)
				continue;
			edits_add(e, k[brace - 1].off + 1, k[brace].off - k[brace - 1].off, xstrdup(""));
			edits_add(e, k[end].off + 1, k[close].off - k[end].off, xstrdup(""));
		}
	vec_free(&hooks);
}

void tidy_parentheses(const struct tidy *t, const struct source *s, struct edits *e)
{
	struct regions hooks = { 0 };
	const struct region *r;
	size_t i, close;

	/* (TYPE)(vma_desc_size(desc)): the parentheses held a difference. */
	tidy_hooks(t, s, &hooks);
	vec_each(r, &hooks)
		for (i = r->close + 1; i + 3 < r->last; i++) {
			if (!ctoken_is(s, i, ")") || !ctoken_is(s, i + 1, "(") ||
			    !(ctoken_is(s, i + 2, "vma_desc_size") ||
			      ctoken_is(s, i + 2, "vma_desc_pages")) || !ctoken_is(s, i + 3, "("))
				continue;
			close = source_close(s, i + 3);
			if (close != source_close(s, i + 1) - 1)
				continue;
			edits_add(e, s->tokens.items[i + 1].off, 1, xstrdup(""));
			edits_add(e, s->tokens.items[close + 1].off, 1, xstrdup(""));
		}
	vec_free(&hooks);
}
