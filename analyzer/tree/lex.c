// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_IF_DEPTH = 64 };

struct level {
	unsigned outer;			/* condition outside */
	char *test;			/* this branch's own test, owned */
	bool dead;			/* #if 0 */
};

struct lexer {
	const char *p, *end;
	unsigned line;
	struct lexed *out;
	struct level levels[MAX_IF_DEPTH];
	unsigned depth;			/* can exceed MAX_IF_DEPTH; deeper levels are not recorded */
	unsigned condition;
	bool at_line_start;
	bool one_line;			/* no preprocessor lines in it */
};

static bool ident_start(int c)
{
	return isalpha(c) || c == '_' || c == '$';
}

static bool ident_part(int c)
{
	return isalnum(c) || c == '_' || c == '$';
}

bool token_is(const struct token *t, const char *text)
{
	return t->len == strlen(text) && !memcmp(t->text, text, t->len);
}

char *token_text(const struct token *t)
{
	return xstrndup(t->text, t->len);
}

static bool dead(const struct lexer *lx)
{
	unsigned i, n = lx->depth < MAX_IF_DEPTH ? lx->depth : MAX_IF_DEPTH;

	for (i = 0; i < n; i++)
		if (lx->levels[i].dead)
			return true;
	return false;
}

static void emit(struct lexer *lx, enum token_kind kind, const char *text, size_t len, unsigned line)
{
	struct token *t;

	if (dead(lx) && kind != TOKEN_ELSE && kind != TOKEN_ENDIF && kind != TOKEN_IF)
		return;
	t = vec_push(&lx->out->tokens);
	t->kind = kind;
	t->text = text;
	t->len = (unsigned)len;
	t->line = line;
	t->condition = lx->condition;
}

/* Past a comment at p, or NULL if there is none. */
static const char *skip_comment(const char *p, const char *end, unsigned *line)
{
	if (end - p < 2 || p[0] != '/')
		return NULL;
	if (p[1] == '/') {
		while (p < end && *p != '\n')
			p++;
		return p;
	}
	if (p[1] != '*')
		return NULL;
	for (p += 2; p < end; p++) {
		if (*p == '\n')
			++*line;
		if (*p == '*' && end - p > 1 && p[1] == '/')
			return p + 2;
	}
	return end;
}

static const char *skip_string(const char *p, const char *end, unsigned *line)
{
	char quote = *p++;

	while (p < end && *p != quote && *p != '\n') {
		if (*p == '\\' && end - p > 1) {
			if (p[1] == '\n')
				++*line;
			p++;
		}
		p++;
	}
	return p < end && *p == quote ? p + 1 : p;
}

/* A test as the conditions list shows it: white space folded, defined(X) and IS_ENABLED(X) as X. */
static char *fold_test(const char *text, size_t len)
{
	struct strbuf b = { 0 };
	char *s, *r;
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] == '\\')
			continue;
		if (isspace((unsigned char)text[i])) {
			if (b.len && b.s[b.len - 1] != ' ')
				strbuf_add(&b, " ", 1);
			continue;
		}
		strbuf_add(&b, text + i, 1);
	}
	while (b.len && b.s[b.len - 1] == ' ')
		b.s[--b.len] = '\0';
	s = strbuf_detach(&b);
	if ((str_starts(s, "defined(") || str_starts(s, "IS_ENABLED(")) &&
	    strchr(s, ')') == s + strlen(s) - 1) {
		r = xstrndup(strchr(s, '(') + 1, strlen(strchr(s, '(')) - 2);
		free(s);
		s = r;
	}
	return s;
}

static void set_condition(struct lexer *lx)
{
	struct strbuf b = { 0 };
	unsigned i, n = lx->depth < MAX_IF_DEPTH ? lx->depth : MAX_IF_DEPTH;
	char *s;

	for (i = 0; i < n; i++) {
		if (!*lx->levels[i].test)
			continue;
		if (b.len)
			strbuf_adds(&b, " && ");
		strbuf_adds(&b, lx->levels[i].test);
	}
	s = strbuf_detach(&b);
	lx->condition = 0;
	for (i = (unsigned)lx->out->conditions.nr; i-- > 0;)
		if (!strcmp(lx->out->conditions.items[i], s)) {
			lx->condition = i;
			free(s);
			return;
		}
	strlist_add(&lx->out->conditions, s);
	lx->condition = (unsigned)lx->out->conditions.nr - 1;
	free(s);
}

static void branch(struct lexer *lx, const char *word, size_t wlen, const char *rest, size_t len,
		   unsigned line)
{
	struct level *lv;
	char *test;
	bool negate = wlen == 6 && !memcmp(word, "ifndef", 6);

	if (wlen >= 2 && !memcmp(word, "if", 2)) {
		emit(lx, TOKEN_IF, rest, len, line);
		if (lx->depth < MAX_IF_DEPTH) {
			lv = &lx->levels[lx->depth];
			test = fold_test(rest, len);
			lv->dead = !negate && !strcmp(test, "0");
			lv->test = negate ? xasprintf("!%s", test) : xstrdup(test);
			/* An include guard says nothing about the definitions in it. */
			if (negate && (str_ends(test, "_H") || str_ends(test, "_H_") || str_ends(test, "_H__")))
				lv->test[0] = '\0';
			free(test);
		}
		lx->depth++;
	} else if (lx->depth && wlen >= 4 && !memcmp(word, "el", 2)) {
		if (lx->depth <= MAX_IF_DEPTH) {
			lv = &lx->levels[lx->depth - 1];
			if (!strcmp(lv->test, "1"))
				lv->dead = true;
			else
				lv->dead = false;
			test = lv->test;
			if (wlen == 4 && !memcmp(word, "else", 4))
				lv->test = !*test ? xstrdup("") : test[0] == '!' ? xstrdup(test + 1)
								: xasprintf("!%s", test);
			else
				lv->test = fold_test(rest, len);
			free(test);
		}
		emit(lx, TOKEN_ELSE, rest, len, line);
	} else if (lx->depth && wlen == 5 && !memcmp(word, "endif", 5)) {
		lx->depth--;
		if (lx->depth < MAX_IF_DEPTH) {
			free(lx->levels[lx->depth].test);
			lx->levels[lx->depth].test = NULL;
			lx->levels[lx->depth].dead = false;
		}
		set_condition(lx);
		emit(lx, TOKEN_ENDIF, rest, len, line);
		return;
	}
	set_condition(lx);
}

/* p is behind '#'.  Returns the end of the logical line. */
static const char *directive(struct lexer *lx, const char *p)
{
	unsigned line = lx->line;
	const char *word, *rest, *q;
	size_t wlen;

	while (p < lx->end && (*p == ' ' || *p == '\t'))
		p++;
	word = p;
	while (p < lx->end && ident_part((unsigned char)*p))
		p++;
	wlen = (size_t)(p - word);
	rest = p;
	while (p < lx->end && *p != '\n') {
		if (*p == '\\' && lx->end - p > 1 && p[1] == '\n') {
			lx->line++;
			p += 2;
		} else if ((q = skip_comment(p, lx->end, &lx->line))) {
			p = q;
		} else if (*p == '"') {
			p = skip_string(p, lx->end, &lx->line);
		} else {
			p++;
		}
	}
	if (wlen == 6 && !memcmp(word, "define", 6))
		emit(lx, TOKEN_DEFINE, rest, (size_t)(p - rest), line);
	else
		branch(lx, word, wlen, rest, (size_t)(p - rest), line);
	return p;
}

static const char *one(struct lexer *lx, const char *p)
{
	const char *start = p, *q;
	unsigned line = lx->line;

	if (ident_start((unsigned char)*p)) {
		while (p < lx->end && ident_part((unsigned char)*p))
			p++;
		emit(lx, TOKEN_IDENT, start, (size_t)(p - start), line);
		return p;
	}
	if (isdigit((unsigned char)*p)) {
		while (p < lx->end && (ident_part((unsigned char)*p) || *p == '.'))
			p++;
		emit(lx, TOKEN_NUMBER, start, (size_t)(p - start), line);
		return p;
	}
	if (*p == '"' || *p == '\'') {
		p = skip_string(p, lx->end, &lx->line);
		emit(lx, TOKEN_STRING, start, (size_t)(p - start), line);
		return p;
	}
	q = p + 1;
	if (q < lx->end && *p == '-' && *q == '>')
		p = q;
	else if (q < lx->end && *q == '=' && strchr("=!<>+-*/%&|^", *p))
		p = q;
	emit(lx, TOKEN_PUNCT, start, (size_t)(p + 1 - start), line);
	return p + 1;
}

static void lex_all(struct lexer *lx)
{
	const char *p = lx->p, *q;

	while (p < lx->end) {
		if (*p == '\n') {
			lx->line++;
			lx->at_line_start = !lx->one_line;
			p++;
		} else if (isspace((unsigned char)*p) || *p == '\\' || (unsigned char)*p >= 0x80 || !*p) {
			p++;
		} else if ((q = skip_comment(p, lx->end, &lx->line))) {
			p = q;
		} else if (*p == '#' && lx->at_line_start) {
			p = directive(lx, p + 1);
		} else {
			lx->at_line_start = false;
			p = one(lx, p);
		}
	}
	while (lx->depth > 0)
		if (--lx->depth < MAX_IF_DEPTH)
			free(lx->levels[lx->depth].test);
}

void lex(const char *text, size_t len, struct lexed *out)
{
	struct lexer lx = { .p = text, .end = text + len, .line = 1, .out = out, .at_line_start = true };

	strlist_add(&out->conditions, "");
	lex_all(&lx);
}

void lex_line(const char *text, size_t len, unsigned line, struct lexed *out)
{
	struct lexer lx = { .p = text, .end = text + len, .line = line, .out = out, .one_line = true };

	strlist_add(&out->conditions, "");
	lex_all(&lx);
}

void lexed_free(struct lexed *l)
{
	vec_free(&l->tokens);
	strlist_free(&l->conditions);
}
