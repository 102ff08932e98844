// SPDX-License-Identifier: GPL-2.0-only
/* The renamed field of a table keeps its place among its neighbours where it fits. */
#include <stdlib.h>
#include <string.h>

#include "rewrite/merge.h"

/* White space that leads from column `from` to `to`, in the manner of old; at least one. */
static void pad(struct strbuf *b, const char *old, size_t len, unsigned from, unsigned to)
{
	bool tabs = memchr(old, '\t', len);

	if (len <= 1 && !tabs) {
		strbuf_add(b, old, len);
		return;
	}
	if (from >= to) {
		strbuf_adds(b, tabs ? "\t" : " ");
		return;
	}
	for (; tabs && (from / 8 + 1) * 8 <= to; from = (from / 8 + 1) * 8)
		strbuf_adds(b, "\t");
	for (; from < to; from++)
		strbuf_adds(b, " ");
}

static bool only_space(const char *p, size_t len)
{
	return strspn(p, " \t") >= len;
}

char *merge_field_text(const struct source *s, size_t field, size_t equals, size_t value,
		       const char *new_field, const char *new_name)
{
	const struct ctoken *f = &s->tokens.items[field], *e = &s->tokens.items[equals],
			    *v = &s->tokens.items[value];
	const char *gap1 = s->text + f->off + f->len, *gap2 = s->text + e->off + 1;
	size_t len1 = e->off - f->off - f->len, len2 = v->off - e->off - 1;
	struct strbuf b = { 0 };
	unsigned col = text_column(s->text, f->off) + (unsigned)strlen(new_field);

	strbuf_adds(&b, new_field);
	/* Comments or line breaks in between stay as they are. */
	if (only_space(gap1, len1) && only_space(gap2, len2)) {
		size_t at = b.len;
		unsigned i;

		pad(&b, gap1, len1, col, text_column(s->text, e->off));
		for (i = (unsigned)at; i < b.len; i++)
			col = b.s[i] == '\t' ? (col / 8 + 1) * 8 : col + 1;
		strbuf_adds(&b, "=");
		pad(&b, gap2, len2, col + 1, text_column(s->text, v->off));
	} else {
		strbuf_add(&b, gap1, len1);
		strbuf_adds(&b, "=");
		strbuf_add(&b, gap2, len2);
	}
	strbuf_adds(&b, new_name);
	return strbuf_detach(&b);
}
