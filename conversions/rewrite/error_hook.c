// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/error_hook.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rewrite/regions.h"

#define refuse(error, h, s, at, fmt, ...) \
	(*(error) = xasprintf("%s:%u: " fmt, (h)->file, (s)->tokens.items[at].line, ##__VA_ARGS__), -EINVAL)

/* "EAGAIN" of x_mmap_eagain, after `error_hook =`; NULL when token i is something else.  Caller frees. */
static char *errno_asked(const struct error_hook *h, const struct source *s, size_t i)
{
	char *name, *error = NULL, *p;
	size_t len = strlen(h->function);

	if (!ctoken_is(s, i - 2, "error_hook") || !ctoken_is(s, i - 1, "=") || !ctoken_is(s, i + 1, ";"))
		return NULL;
	name = ctoken_text(s, i);
	if (str_starts(name, h->function) && str_starts(name + len, "_e")) {
		error = xstrdup(name + len + 1);
		for (p = error; *p; p++)
			*p = (char)toupper((unsigned char)*p);
	}
	free(name);
	return error;
}

/* How often the file has the identifier of token i. */
static unsigned uses(const struct source *s, size_t i)
{
	unsigned nr = 0;
	size_t k;

	for (k = 0; k < s->tokens.nr; k++)
		nr += ctoken_same(s, i, s, k);
	return nr;
}

/* The errnos that the definition asks for, and that nothing speaks against their functions. */
static int collect(const struct error_hook *h, const struct source *s, const struct region *r,
		   struct strlist *errnos, char **error)
{
	size_t i, k, directive = 0;
	unsigned own;
	char *asked;
	int ret = 0;

	for (i = r->open; i < r->last && !ret; i++) {
		if (s->tokens.items[i].bol && !directive)
			directive = i;
		asked = errno_asked(h, s, i);
		if (!asked)
			continue;
		for (own = 0, k = r->open; k < r->last; k++)
			own += ctoken_same(s, i, s, k) && ctoken_is(s, k - 2, "error_hook");
		if (uses(s, i) != own)
			ret = refuse(error, h, s, i, "the name %.*s is taken", (int)s->tokens.items[i].len,
				     s->text + s->tokens.items[i].off);
		else if (!strlist_has(errnos, asked))
			strlist_add(errnos, asked);
		free(asked);
	}
	if (!ret && errnos->nr && directive)
		ret = refuse(error, h, s, directive, "an #if in %s(), which keeps an errno of its own: a function "
			     "for action.error_hook could be left without a user", h->new_name);
	return ret;
}

static char *function_text(const struct error_hook *h, const char *error)
{
	struct strbuf b = { 0 };
	const char *p;

	strbuf_addf(&b, "static int %s_", h->function);
	for (p = error; *p; p++)
		strbuf_addf(&b, "%c", tolower((unsigned char)*p));
	strbuf_addf(&b, "(int err)\n{\n\treturn -%s;\n}\n\n", error);
	return strbuf_detach(&b);
}

int error_hook_write(const struct error_hook *h, const struct source *s, char **text, size_t *len, char **error)
{
	struct regions r = { 0 };
	struct edits e = { 0 };
	const struct region *d;
	struct strlist errnos;
	struct strbuf b;
	unsigned line;
	size_t i;
	int ret = 0;

	*text = NULL;
	*error = NULL;
	if (regions_find(s, h->new_name, &r, &line)) {
		*error = xasprintf("%s:%u: the end of %s() is not found: unbalanced braces or macros", h->file, line,
				   h->new_name);
		ret = -EINVAL;
	}
	vec_each(d, &r) {
		errnos = (struct strlist){ 0 };
		b = (struct strbuf){ 0 };
		if (d->is_definition && !ret)
			ret = collect(h, s, d, &errnos, error);
		for (i = 0; i < errnos.nr && !ret; i++) {
			char *function = function_text(h, errnos.items[i]);

			strbuf_adds(&b, function);
			free(function);
			strlist_addf(h->differences, "R12 -%s stays what user space sees when the mapping cannot "
				     "be populated, through desc->action.error_hook (%s:%u)", errnos.items[i],
				     h->file, s->tokens.items[d->name].line);
		}
		if (b.len)
			edits_add(&e, region_begin(s, d), 0, strbuf_detach(&b));
		strlist_free(&errnos);
		strbuf_free(&b);
	}
	if (!ret && e.nr)
		*text = edits_apply(&e, s->text, s->len, len);
	edits_free(&e);
	vec_free(&r);
	return ret;
}
