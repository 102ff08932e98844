// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rust abstractions over structs with handlers.  Rust is not parsed: `mmap: Some(x)` in a struct
 * expression and `.mmap = Some(x)` are found in the text, and belong to the struct that was named
 * last before them.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tree/fields.h"
#include "tree/text_scan.h"

struct rust {
	const char *p, *end;
	unsigned line;
	const char *file;
	struct text_facts *facts;
};

static bool ident_part(int c)
{
	return isalnum(c) || c == '_';
}

static const char *find(const char *from, const char *end, const char *word)
{
	return from < end ? memmem(from, (size_t)(end - from), word, strlen(word)) : NULL;
}

/* Past blanks, line ends, comments and strings. */
static void skip(struct rust *r)
{
	while (r->p < r->end && !ident_part((unsigned char)*r->p)) {
		if (r->end - r->p > 1 && r->p[0] == '/' && r->p[1] == '/') {
			while (r->p < r->end && *r->p != '\n')
				r->p++;
			continue;
		}
		r->line += *r->p == '\n';
		r->p++;
	}
}

/*
 * The function of `: Some(path::name)` or `= Some(…)` at p, perhaps in `if T::HAS_MMAP { Some(…) }
 * else { None }`: false if there is none.
 */
static bool value_at(const char *p, const char *end, const char **name, size_t *len)
{
	const char *some, *item, *generic;
	unsigned depth = 0;

	while (p < end && *p == ' ')
		p++;
	if (p >= end || (*p != ':' && *p != '=') || (end - p > 1 && (p[1] == ':' || p[1] == '=')))
		return false;
	item = memchr(p, ',', (size_t)(end - p));
	some = find(p, item ? item : end, "Some(");
	if (!some)
		return false;
	some += 5;
	for (p = some; p < end && (*p != ')' || depth); p++) {
		depth += *p == '(';
		depth -= depth && *p == ')';
	}
	if (p == end)
		return false;
	/* f::<T> is f. */
	generic = find(some, p, "::<");
	if (generic)
		p = generic;
	while (p > some && !ident_part((unsigned char)p[-1]))
		p--;
	for (*name = p; *name > some && ident_part((unsigned char)(*name)[-1]); --*name)
		;
	*len = (size_t)(p - *name);
	return true;
}

static void add_site(struct rust *r, const char *tag, const struct token *field, const char *value, size_t len)
{
	struct text_site *s = vec_push(&r->facts->sites);

	s->file = xstrdup(r->file);
	s->line = r->line;
	s->tag = xstrdup(tag);
	s->field = token_text(field);
	s->table = xstrdup("");
	s->value = xstrndup(value, len);
	s->how = xstrdup("rust");
	s->condition = xstrdup("");
}

void text_scan_rust(const char *file, const char *text, size_t len, const struct text_query *q,
		    struct text_facts *facts)
{
	struct rust r = { .p = text, .end = text + len, .line = 1, .file = file, .facts = facts };
	struct token t = { .kind = TOKEN_IDENT };
	char *tag = NULL;
	const char *value;
	size_t value_len;

	for (skip(&r); r.p < r.end; skip(&r)) {
		t.text = r.p;
		while (r.p < r.end && ident_part((unsigned char)*r.p))
			r.p++;
		t.len = (unsigned)(r.p - t.text);
		if (token_is(&t, TIER_1_TAG) || text_listed(q->structs, &t)) {
			free(tag);
			tag = token_text(&t);
		} else if (tag && text_listed(q->fields, &t) && value_at(r.p, r.end, &value, &value_len)) {
			add_site(&r, tag, &t, value, value_len);
		}
	}
	free(tag);
}
