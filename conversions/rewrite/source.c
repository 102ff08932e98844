// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/source.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct reader {
	struct source *s;
	size_t p;
	unsigned line;
	bool fresh;			/* only white space or comments since the line began */
	bool directive;
};

static bool ident_part(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

static void add_token(struct reader *r, enum ctoken_kind kind, size_t start, unsigned line)
{
	struct ctoken *t = vec_push(&r->s->tokens);

	*t = (struct ctoken){ .kind = kind, .directive = r->directive, .line = line, .off = start,
			      .len = r->p - start };
}

static void next_char(struct reader *r)
{
	if (r->s->text[r->p] == '\n')
		r->line++;
	r->p++;
}

static bool splice(const struct reader *r)
{
	return r->s->text[r->p] == '\\' && r->s->text[r->p + 1] == '\n';
}

static void read_comment(struct reader *r)
{
	const char *t = r->s->text;
	size_t start = r->p;
	struct ccomment *c = vec_push(&r->s->comments);

	c->line = r->line;
	c->off = start;
	if (t[r->p + 1] == '/') {
		while (r->p < r->s->len && t[r->p] != '\n') {
			if (splice(r))
				next_char(r);
			next_char(r);
		}
	} else {
		r->p += 2;
		while (r->p < r->s->len && !(t[r->p] == '*' && t[r->p + 1] == '/'))
			next_char(r);
		r->p = r->p < r->s->len ? r->p + 2 : r->s->len;
	}
	c->len = r->p - start;
}

static void read_string(struct reader *r)
{
	const char *t = r->s->text;
	char quote = t[r->p];
	size_t start = r->p++;
	unsigned line = r->line;

	while (r->p < r->s->len && t[r->p] != quote && t[r->p] != '\n') {
		if (t[r->p] == '\\' && r->p + 1 < r->s->len)
			next_char(r);
		next_char(r);
	}
	if (r->p < r->s->len && t[r->p] == quote)
		r->p++;
	add_token(r, C_STRING, start, line);
}

static void read_punct(struct reader *r)
{
	static const char *const longer[] = {
		"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&",
		"||", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "##", NULL
	};
	size_t start = r->p, i, n = 1;

	for (i = 0; longer[i]; i++)
		if (str_starts(r->s->text + r->p, longer[i])) {
			n = strlen(longer[i]);
			break;
		}
	r->p += n;
	add_token(r, C_PUNCT, start, r->line);
}

static void read_word(struct reader *r)
{
	const char *t = r->s->text;
	size_t start = r->p;
	bool number = isdigit((unsigned char)t[start]);

	while (ident_part(t[r->p]) || (number && (t[r->p] == '.' ||
	       (strchr("+-", t[r->p]) && t[r->p] && strchr("eEpP", t[r->p - 1]) &&
		strncasecmp(t + start, "0x", 2)))))
		r->p++;
	add_token(r, number ? C_NUMBER : C_IDENT, start, r->line);
}

void source_init(struct source *s, char *text, size_t len)
{
	struct reader r = { .s = s, .line = 1, .fresh = true };
	char c;

	memset(s, 0, sizeof(*s));
	s->text = text;
	s->len = len;
	while (r.p < len) {
		c = text[r.p];
		if (splice(&r)) {
			next_char(&r);
			next_char(&r);
		} else if (c == '\n') {
			next_char(&r);
			r.fresh = true;
			r.directive = false;
		} else if (isspace((unsigned char)c)) {
			r.p++;
		} else if (c == '/' && (text[r.p + 1] == '/' || text[r.p + 1] == '*')) {
			read_comment(&r);
		} else {
			bool bol = r.fresh && c == '#';

			r.directive |= bol;
			r.fresh = false;
			if (c == '"' || c == '\'')
				read_string(&r);
			else if (ident_part(c))
				read_word(&r);
			else
				read_punct(&r);
			s->tokens.items[s->tokens.nr - 1].bol = bol;
		}
	}
}

void source_free(struct source *s)
{
	free(s->text);
	vec_free(&s->tokens);
	vec_free(&s->comments);
	memset(s, 0, sizeof(*s));
}

bool ctoken_is(const struct source *s, size_t i, const char *text)
{
	size_t len = strlen(text);

	return i < s->tokens.nr && s->tokens.items[i].len == len &&
	       !memcmp(s->text + s->tokens.items[i].off, text, len);
}

bool ctoken_same(const struct source *a, size_t i, const struct source *b, size_t j)
{
	const struct ctoken *x, *y;

	if (i >= a->tokens.nr || j >= b->tokens.nr)
		return false;
	x = &a->tokens.items[i];
	y = &b->tokens.items[j];
	return x->len == y->len && !memcmp(a->text + x->off, b->text + y->off, x->len);
}

char *ctoken_text(const struct source *s, size_t i)
{
	return xstrndup(s->text + s->tokens.items[i].off, s->tokens.items[i].len);
}

bool ctoken_names(const struct source *s, size_t i, const char *name)
{
	static const char *const other[] = { "struct", "union", "enum", ".", "->" };
	size_t k;

	if (!ctoken_is(s, i, name))
		return false;
	for (k = 0; i && k < sizeof(other) / sizeof(*other); k++)
		if (ctoken_is(s, i - 1, other[k]))
			return false;
	return true;
}

bool source_has(const struct source *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->tokens.nr; i++)
		if (ctoken_names(s, i, name))
			return true;
	return false;
}

bool source_same_code(const struct source *a, const struct source *b, unsigned *line)
{
	size_t i;

	for (i = 0; i < a->tokens.nr || i < b->tokens.nr; i++) {
		if (ctoken_same(a, i, b, i) &&
		    a->tokens.items[i].directive == b->tokens.items[i].directive &&
		    a->tokens.items[i].bol == b->tokens.items[i].bol)
			continue;
		*line = a->tokens.nr ? a->tokens.items[i < a->tokens.nr ? i : a->tokens.nr - 1].line : 1;
		return false;
	}
	return true;
}

size_t source_close(const struct source *s, size_t i)
{
	static const char open[] = "([{", close[] = ")]}";
	size_t depth = 0;
	const char *p;
	char c;

	for (; i < s->tokens.nr; i++) {
		if (s->tokens.items[i].kind != C_PUNCT || s->tokens.items[i].len != 1)
			continue;
		c = s->text[s->tokens.items[i].off];
		p = strchr(open, c);
		if (p)
			depth++;
		else if (strchr(close, c) && !--depth)
			return i;
	}
	return s->tokens.nr;
}

char *ccomment_text(const struct source *s, const struct ccomment *c)
{
	const char *p = s->text + c->off, *end = p + c->len;
	struct strbuf b = { 0 };
	bool space = false;

	for (; p < end; p++) {
		if (isspace((unsigned char)*p) || strchr("*/", *p)) {
			space = b.len > 0;
			continue;
		}
		if (space)
			strbuf_adds(&b, " ");
		space = false;
		strbuf_add(&b, p, 1);
	}
	return strbuf_detach(&b);
}

void edits_add(struct edits *e, size_t off, size_t len, char *text)
{
	struct edit *x = vec_push(e);

	*x = (struct edit){ .off = off, .len = len, .text = text };
}

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	return x->off < y->off ? -1 : x->off > y->off;
}

char *edits_apply(struct edits *e, const char *text, size_t len, size_t *new_len)
{
	struct strbuf b = { 0 };
	size_t at = 0, i;

	if (e->nr)
		qsort(e->items, e->nr, sizeof(*e->items), compare_edits);
	for (i = 0; i < e->nr; i++) {
		strbuf_add(&b, text + at, e->items[i].off - at);
		strbuf_adds(&b, e->items[i].text);
		at = e->items[i].off + e->items[i].len;
	}
	strbuf_add(&b, text + at, len - at);
	*new_len = b.len;
	return strbuf_detach(&b);
}

void edits_free(struct edits *e)
{
	struct edit *x;

	vec_each(x, e)
		free(x->text);
	vec_free(e);
}

bool is_c_identifier(const char *s)
{
	if (!s || !(isalpha((unsigned char)*s) || *s == '_'))
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return !*s;
}

size_t text_line_start(const char *text, size_t off)
{
	while (off && text[off - 1] != '\n')
		off--;
	return off;
}

size_t text_line_end(const char *text, size_t len, size_t off)
{
	while (off < len && text[off] != '\n')
		off++;
	return off;
}

unsigned text_column(const char *text, size_t off)
{
	unsigned col = 0;
	size_t p;

	for (p = text_line_start(text, off); p < off; p++)
		col = text[p] == '\t' ? (col / 8 + 1) * 8 : col + 1;
	return col;
}
