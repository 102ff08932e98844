// SPDX-License-Identifier: GPL-2.0-only
/*
 * spatch drops a comment that stands in code it removes, and a message whose place is gone, without
 * a word: here they become listed differences, as do new forms that behave a little differently.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/merge.h"
#include "utf8.h"

static size_t token_off(const struct source *s, size_t i)
{
	return s->tokens.items[i].off;
}

/* Texts with the lines they stand in. */
struct found { struct strlist text; struct strlist place; };

/* A file may be in any encoding; what a message and the inventory hold is UTF-8. */
static void add_text(struct found *f, const char *text, unsigned line)
{
	struct strbuf b = { 0 };

	utf8_add(&b, text);
	strbuf_adds(&b, "");
	strlist_add(&f->text, b.s);
	strlist_addf(&f->place, "%u", line);
	strbuf_free(&b);
}

static void find_comments(const struct source *s, size_t first, size_t last, struct found *f)
{
	const struct ccomment *c;
	char *text;

	vec_each(c, &s->comments) {
		if (c->off < token_off(s, first) || c->off > token_off(s, last))
			continue;
		text = ccomment_text(s, c);
		add_text(f, text, c->line);
		free(text);
	}
}

static bool is_message(const struct source *s, size_t i)
{
	static const char *const prefixes[] = {
		"pr_", "dev_err", "dev_warn", "dev_info", "dev_notice", "dev_dbg", "dev_crit",
		"netdev_", "drm_err", "drm_warn", "drm_info", "drm_dbg", "DRM_", NULL
	};
	const char *t = s->text + s->tokens.items[i].off;
	size_t n;

	if (s->tokens.items[i].kind != C_IDENT || !ctoken_is(s, i + 1, "("))
		return false;
	if (ctoken_is(s, i, "printk"))
		return true;
	for (n = 0; prefixes[n]; n++)
		if (str_starts(t, prefixes[n]))
			return true;
	return false;
}

static void find_messages(const struct source *s, size_t first, size_t last, struct found *f)
{
	struct strbuf b = { 0 };
	size_t i, p, end;

	for (i = first; i < last; i++) {
		if (!is_message(s, i))
			continue;
		end = source_close(s, i + 1);
		strbuf_add(&b, s->text + s->tokens.items[i].off, s->tokens.items[i].len);
		strbuf_adds(&b, "(");
		for (p = i + 2; p < end && p < last; p++)
			if (s->tokens.items[p].kind == C_STRING)
				strbuf_add(&b, s->text + s->tokens.items[p].off, s->tokens.items[p].len);
		strbuf_adds(&b, ")");
		add_text(f, b.s, s->tokens.items[i].line);
		strbuf_reset(&b);
	}
	strbuf_free(&b);
}

/* Remove from a and b what both have; what is left was dropped or added. */
static void cancel(struct found *a, struct found *b)
{
	size_t i, j;

	for (i = 0; i < a->text.nr; i++)
		for (j = 0; j < b->text.nr; j++)
			if (a->text.items[i] && b->text.items[j] &&
			    !strcmp(a->text.items[i], b->text.items[j])) {
				free(a->text.items[i]);
				free(b->text.items[j]);
				a->text.items[i] = b->text.items[j] = NULL;
			}
}

static void found_free(struct found *f)
{
	strlist_free(&f->text);
	strlist_free(&f->place);
}

static int report(struct merge *m, struct found *a, struct found *b, const char *what,
		  const char *added)
{
	size_t i;
	int ret = 0;

	cancel(a, b);
	for (i = 0; m->differences && i < a->text.nr; i++)
		if (a->text.items[i])
			strlist_addf(m->differences, "%s: %s (%s:%s)", what, a->text.items[i], m->file,
				     a->place.items[i]);
	for (i = 0; i < b->text.nr; i++)
		if (b->text.items[i] && !ret) {
			m->error = xasprintf("%s: spatch added a %s that the handler did not have: %s",
					     m->file, added, b->text.items[i]);
			ret = -EINVAL;
		}
	found_free(a);
	found_free(b);
	return ret;
}

/* How often `->field =` stands in the range. */
static unsigned writes(const struct source *s, size_t first, size_t last, const char *field)
{
	unsigned nr = 0;
	size_t i;

	for (i = first + 1; i < last; i++)
		nr += ctoken_is(s, i, field) && ctoken_is(s, i - 1, "->") && ctoken_is(s, i + 1, "=");
	return nr;
}

/* The error that replaces the action's own, as written; caller frees.  NULL when there is none. */
static char *override(const struct source *s, size_t first, size_t last)
{
	const struct ctoken *from, *to;
	size_t i, p;

	for (i = first; i < last; i++) {
		if (!ctoken_is(s, i, "error_override") || !ctoken_is(s, i + 1, "="))
			continue;
		for (p = i + 2; p + 1 < last && !ctoken_is(s, p + 1, ";"); p++)
			;
		from = &s->tokens.items[i + 2];
		to = &s->tokens.items[p];
		return xstrndup(s->text + from->off, to->off + to->len - from->off);
	}
	return NULL;
}

/* Differences that the new form itself shows. */
static void list_forms(struct merge *m, const struct source *before, size_t a0, size_t a1,
		       const struct source *after, size_t b0, size_t b1)
{
	char *error;

	if (!m->differences)
		return;
	error = override(after, b0, b1);
	if (writes(after, b0, b1, "page_prot") > writes(before, a0, a1, "vm_page_prot"))
		strlist_addf(m->differences, "R7 the protection that the old handler gave to the page "
			     "tables alone is now the VMA's vm_page_prot as well (%s:%u)", m->file,
			     before->tokens.items[a0].line);
	if (error)
		strlist_addf(m->differences, "R12 %s stays what user space sees when the mapping cannot "
			     "be populated, through desc->action.error_override (%s:%u)", error, m->file,
			     before->tokens.items[a0].line);
	free(error);
}

int merge_losses(struct merge *m, const struct source *before, size_t a0, size_t a1,
		 const struct source *after, size_t b0, size_t b1)
{
	struct found a = { 0 }, b = { 0 };
	int ret;

	find_comments(before, a0, a1, &a);
	find_comments(after, b0, b1, &b);
	ret = report(m, &a, &b, "comment dropped", "comment");
	if (ret)
		return ret;
	list_forms(m, before, a0, a1, after, b0, b1);
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	find_messages(before, a0, a1, &a);
	find_messages(after, b0, b1, &b);
	return report(m, &a, &b, "R28 message dropped, the remap runs after the hook", "message");
}
