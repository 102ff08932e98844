// SPDX-License-Identifier: GPL-2.0-only
#include "tree/lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_IF_DEPTH = 64,
	MAX_CONDITION = 1000,		/* bytes; of a longer one the rest is shown as "..." */
	MAX_LOOK_BACK = 256,		/* conditions compared before one is recorded again */
};

/* An open #if: the branch that is being read, and what the branches before it tested. */
struct level {
	char *test;			/* as it is written in this branch; "" for #else */
	char *earlier;			/* the negations of the tests before it */
	char *shown;			/* both; "" says nothing */
	bool taken;			/* a branch before was #if 1: the rest is never compiled */
	bool dead;
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

static bool is_word(const char *s)
{
	if (!*s)
		return false;
	while (ident_part((unsigned char)*s))
		s++;
	return !*s;
}

/* A closing parenthesis: `(X)` becomes `X`, but not in `f(X)`. */
static void close_test(struct strbuf *b)
{
	size_t k = b->len;

	while (k && ident_part((unsigned char)b->s[k - 1]))
		k--;
	if (k == b->len || !k || b->s[k - 1] != '(' ||
	    (k > 1 && ident_part((unsigned char)b->s[k - 2]))) {
		strbuf_add(b, ")", 1);
		return;
	}
	memmove(b->s + k - 1, b->s + k, b->len - k + 1);
	b->len--;
}

/*
 * A test as the conditions list shows it: comments and white space folded; defined(X), defined X
 * and IS_ENABLED(X) as X.  Owned by the caller.
 */
static char *fold_test(const char *text, size_t len)
{
	const char *p = text, *end = text + len, *q;
	struct strbuf b = { 0 };
	unsigned line = 0;

	strbuf_adds(&b, "");
	while (p < end) {
		q = skip_comment(p, end, &line);
		if (q || *p == '\\' || isspace((unsigned char)*p)) {
			if (b.len && !strchr(" !(", b.s[b.len - 1]))
				strbuf_add(&b, " ", 1);
			p = q ? q : p + 1;
		} else if (ident_part((unsigned char)*p)) {
			for (q = p; q < end && ident_part((unsigned char)*q); q++)
				;
			if (!(q - p == 7 && !memcmp(p, "defined", 7)) &&
			    !(q - p == 10 && !memcmp(p, "IS_ENABLED", 10)))
				strbuf_add(&b, p, (size_t)(q - p));
			p = q;
		} else {
			if (*p == ')' && b.len && b.s[b.len - 1] == ' ')
				b.s[--b.len] = '\0';
			if (*p == ')')
				close_test(&b);
			else
				strbuf_add(&b, p, 1);
			p++;
		}
	}
	while (b.len && b.s[b.len - 1] == ' ')
		b.s[--b.len] = '\0';
	return strbuf_detach(&b);
}

/* The caller frees. */
static char *negated(const char *test)
{
	/* These say nothing: their branches are told apart by being dead. */
	if (!*test || !strcmp(test, "0") || !strcmp(test, "1"))
		return xstrdup("");
	if (is_word(test))
		return xasprintf("!%s", test);
	if (*test == '!' && is_word(test + 1))
		return xstrdup(test + 1);
	return xasprintf("!(%s)", test);
}

/* Add "&& test" to a condition, within bounds: a chain of a thousand #elif grows with each. */
static void add_test(struct strbuf *b, const char *test)
{
	if (!*test || str_ends(b->s ? b->s : "", "..."))
		return;
	if (b->len)
		strbuf_adds(b, " && ");
	if (b->len + strlen(test) > MAX_CONDITION)
		strbuf_adds(b, "...");
	else
		strbuf_adds(b, test);
}

/* For "&&" to hold it together. */
static char *operand(const char *test)
{
	return strstr(test, "||") || strchr(test, '?') ? xasprintf("(%s)", test) : xstrdup(test);
}

/* Start the next branch of lv; test is taken over. */
static void set_test(struct level *lv, char *test)
{
	struct strbuf earlier = { 0 }, shown = { 0 };
	char *s;

	strbuf_adds(&earlier, lv->earlier ? lv->earlier : "");
	if (lv->test) {
		s = negated(lv->test);
		add_test(&earlier, s);
		free(s);
		lv->taken |= !strcmp(lv->test, "1");
	}
	strbuf_adds(&shown, earlier.s);
	if (strcmp(test, "1")) {
		s = shown.len ? operand(test) : xstrdup(test);
		add_test(&shown, s);
		free(s);
	}
	free(lv->test);
	free(lv->earlier);
	free(lv->shown);
	lv->test = test;
	lv->earlier = strbuf_detach(&earlier);
	lv->shown = strbuf_detach(&shown);
	lv->dead = lv->taken || !strcmp(test, "0");
}

static void close_level(struct level *lv)
{
	free(lv->test);
	free(lv->earlier);
	free(lv->shown);
	memset(lv, 0, sizeof(*lv));
}

static void set_condition(struct lexer *lx)
{
	struct strbuf b = { 0 };
	unsigned i, n = lx->depth < MAX_IF_DEPTH ? lx->depth : MAX_IF_DEPTH, levels = 0;
	size_t k, low;
	char *s;

	for (i = 0; i < n; i++)
		levels += *lx->levels[i].shown != '\0';
	strbuf_adds(&b, "");
	for (i = 0; i < n; i++) {
		/* A condition behind #elif holds its parentheses already. */
		s = levels > 1 && !*lx->levels[i].earlier ? operand(lx->levels[i].shown)
							  : xstrdup(lx->levels[i].shown);
		add_test(&b, s);
		free(s);
	}
	s = strbuf_detach(&b);
	lx->condition = 0;
	if (*s) {
		k = lx->out->conditions.nr;
		low = k > MAX_LOOK_BACK ? k - MAX_LOOK_BACK : 0;
		while (k-- > low && strcmp(lx->out->conditions.items[k], s))
			;
		if (k + 1 == low) {
			strlist_add(&lx->out->conditions, s);
			k = lx->out->conditions.nr - 1;
		}
		lx->condition = (unsigned)k;
	}
	free(s);
}

static bool word_is(const char *word, size_t len, const char *text)
{
	return len == strlen(text) && !memcmp(word, text, len);
}

/* The test of an #if, #elif or their kin. */
static char *branch_test(bool negate, const char *rest, size_t len)
{
	char *test = fold_test(rest, len), *s;

	if (!negate)
		return test;
	/* An include guard says nothing about the definitions in it. */
	if (str_ends(test, "_H") || str_ends(test, "_H_") || str_ends(test, "_H__"))
		s = xstrdup("");
	else
		s = xasprintf("!%s", test);
	free(test);
	return s;
}

static void branch(struct lexer *lx, const char *word, size_t wlen, const char *rest, size_t len,
		   unsigned line)
{
	bool negate = word_is(word, wlen, "ifndef") || word_is(word, wlen, "elifndef");

	if (negate ? *word == 'i' : word_is(word, wlen, "if") || word_is(word, wlen, "ifdef")) {
		emit(lx, TOKEN_IF, rest, len, line);
		if (lx->depth < MAX_IF_DEPTH)
			set_test(&lx->levels[lx->depth], branch_test(negate, rest, len));
		lx->depth++;
	} else if (lx->depth && (negate || word_is(word, wlen, "else") || word_is(word, wlen, "elif") ||
				 word_is(word, wlen, "elifdef"))) {
		if (lx->depth <= MAX_IF_DEPTH)
			set_test(&lx->levels[lx->depth - 1], word_is(word, wlen, "else") ? xstrdup("")
				 : branch_test(negate, rest, len));
		emit(lx, TOKEN_ELSE, rest, len, line);
	} else if (lx->depth && word_is(word, wlen, "endif")) {
		lx->depth--;
		if (lx->depth < MAX_IF_DEPTH)
			close_level(&lx->levels[lx->depth]);
		set_condition(lx);
		emit(lx, TOKEN_ENDIF, rest, len, line);
		return;
	} else {
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
			close_level(&lx->levels[lx->depth]);
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
