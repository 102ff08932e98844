// SPDX-License-Identifier: GPL-2.0-only
/* Comments that name the old function or its parameters. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/regions.h"
#include "tidy/tidy.h"

#define LINE_LIMIT	100		/* checkpatch's */

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Every mention of the old name as a word; a line that would grow past the limit stays. */
static void mentions(const struct tidy *t, const struct source *s, const struct ccomment *c,
		     struct edits *e)
{
	size_t n = strlen(t->old_name), grow = strlen(t->new_name) - n, p, end;

	for (p = c->off; p + n <= c->off + c->len; p++) {
		if (strncmp(s->text + p, t->old_name, n) || (p && word_char(s->text[p - 1])) ||
		    word_char(s->text[p + n]))
			continue;
		end = text_line_end(s->text, s->len, p);
		if (text_column(s->text, end) + grow <= LINE_LIMIT)
			edits_add(e, p, n, xstrdup(t->new_name));
	}
}

/* The kernel-doc comment that belongs to the definition, or NULL. */
static const struct ccomment *kernel_doc(const struct source *s, const struct region *r)
{
	size_t first = s->tokens.items[r->first].off, p;
	const struct ccomment *c, *best = NULL;

	vec_each(c, &s->comments)
		if (c->off + c->len <= first)
			best = c;
	if (!best || strncmp(s->text + best->off, "/**", 3))
		return NULL;
	for (p = best->off + best->len; p < first; p++)
		if (!isspace((unsigned char)s->text[p]))
			return NULL;
	return best;
}

/* " * @name: …" at line start p: its name, or NULL. */
static char *doc_parameter(const char *p, const char *end)
{
	const char *name;

	while (p < end && (*p == ' ' || *p == '\t' || *p == '*'))
		p++;
	if (p >= end || *p++ != '@')
		return NULL;
	for (name = p; p < end && word_char(*p); p++)
		;
	return p < end && *p == ':' ? xstrndup(name, (size_t)(p - name)) : NULL;
}

/* A line that goes on with the text of the parameter above it. */
static bool doc_continues(const char *p, const char *end)
{
	char *name = doc_parameter(p, end);
	const char *q = p;

	free(name);
	if (name)
		return false;
	while (q < end && (*q == ' ' || *q == '\t'))
		q++;
	if (q >= end || *q != '*' || q[1] == '/')
		return false;
	/* Deeper than " * x": kernel-doc's continuation; an unindented line begins new text. */
	q++;
	return q + 1 < end && ((q[0] == ' ' && (q[1] == ' ' || q[1] == '\t')) || q[0] == '\t');
}

/* The file and vma lines of the old parameters become one for the descriptor. */
static void parameters(const struct tidy *t, const struct source *s, const struct ccomment *c,
		       const char *file, const char *vma, struct edits *e)
{
	const char *p = s->text + c->off, *stop = p + c->len, *end, *mark;
	bool told = false, drop = false, gone;
	char *name;

	(void)t;
	for (; p < stop; p = end) {
		end = memchr(p, '\n', (size_t)(stop - p));
		end = end ? end + 1 : stop;
		name = doc_parameter(p, end);
		gone = name && ((file && !strcmp(name, file)) || (vma && !strcmp(name, vma)));
		free(name);
		if (gone) {
			drop = true;
			mark = memchr(p, '@', (size_t)(end - p));
			edits_add(e, (size_t)(p - s->text), (size_t)(end - p),
				  told ? xstrdup("") :
				  xasprintf("%.*s@desc: describes the VMA that is about to be mapped\n",
					    (int)(mark - p), p));
			told = true;
		} else if (drop && end < stop && doc_continues(p, end)) {
			edits_add(e, (size_t)(p - s->text), (size_t)(end - p), xstrdup(""));
		} else {
			drop = false;
		}
	}
}

/* The parameters' names of the n-th definition before the rewrite. */
static void old_names(const struct tidy *t, size_t n, char **file, char **vma)
{
	struct regions all = { 0 };
	unsigned line;
	size_t i;

	*file = *vma = NULL;
	regions_find(t->before, t->old_name, &all, &line);
	for (i = 0; i < all.nr; i++) {
		if (!all.items[i].is_definition || n--)
			continue;
		*file = region_parameter(t->before, &all.items[i], "file");
		*vma = region_parameter(t->before, &all.items[i], "vm_area_struct");
		break;
	}
	vec_free(&all);
}

static bool overlaps(const struct edits *e, const struct edit *x)
{
	size_t i;

	for (i = 0; i < e->nr; i++)
		if (x->off < e->items[i].off + e->items[i].len && e->items[i].off < x->off + x->len)
			return true;
	return false;
}

void tidy_comments(const struct tidy *t, const struct source *s, struct edits *e)
{
	struct regions hooks = { 0 };
	const struct ccomment *c;
	struct edits names = { 0 };
	char *file, *vma;
	size_t i;

	tidy_hooks(t, s, &hooks);
	for (i = 0; i < hooks.nr; i++) {
		c = kernel_doc(s, &hooks.items[i]);
		if (!c)
			continue;
		old_names(t, i, &file, &vma);
		parameters(t, s, c, file, vma, e);
		free(file);
		free(vma);
	}
	vec_free(&hooks);
	/* A name without an underscore is a word of the language: "mmap". */
	if (strchr(t->old_name, '_'))
		vec_each(c, &s->comments)
			mentions(t, s, c, &names);
	for (i = 0; i < names.nr; i++)
		if (!overlaps(e, &names.items[i]))
			edits_add(e, names.items[i].off, names.items[i].len,
				  xstrdup(names.items[i].text));
	edits_free(&names);
}
