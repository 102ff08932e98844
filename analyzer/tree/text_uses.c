// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "tree/text_scan.h"

/*
 * `.mmap = name`, `.mmap = (cast)name`, `mmap: name`, `x->mmap = name`, and tables of other structs.
 * The argument of a call is none: nobody knows what the callee does with it.
 */
static bool is_field_value(const struct token *t, size_t nr, size_t i)
{
	unsigned depth = 0;
	size_t k;

	if (i + 1 < nr && token_is(&t[i + 1], "("))
		return false;
	for (k = i; k-- > 2 && i - k < 24;) {
		if (token_is(&t[k], ")")) {
			depth++;
		} else if (token_is(&t[k], "(")) {
			if (!depth && t[k - 1].kind == TOKEN_IDENT)
				return false;
			depth -= depth > 0;
		} else if (depth) {
			continue;
		} else if (token_is(&t[k], "=")) {
			return t[k - 1].kind == TOKEN_IDENT &&
			       (token_is(&t[k - 2], ".") || token_is(&t[k - 2], "->"));
		} else if (token_is(&t[k], ":")) {
			/* A label has no comma or brace behind its statement. */
			return t[k - 1].kind == TOKEN_IDENT && i + 1 < nr &&
			       (token_is(&t[k - 2], "{") || token_is(&t[k - 2], ",") ||
				t[k - 2].kind >= TOKEN_DEFINE) &&
			       (token_is(&t[i + 1], ",") || token_is(&t[i + 1], "}"));
		} else if (!token_is(&t[k], "&")) {
			return false;
		}
	}
	return false;
}

/* `name(…)` at i: a definition or declaration, told by the type in front and the depth. */
static bool is_declaration(const struct token *t, size_t nr, size_t i, unsigned depth)
{
	if (depth || !i || i + 1 >= nr)
		return false;
	if (i > 1 && i + 2 < nr && token_is(&t[i - 1], "(") && token_is(&t[i + 1], ")") &&
	    token_is(&t[i + 2], "("))
		return t[i - 2].kind == TOKEN_IDENT || token_is(&t[i - 2], "*") || token_is(&t[i - 2], ")");
	return (t[i - 1].kind == TOKEN_IDENT || token_is(&t[i - 1], "*") || token_is(&t[i - 1], ")")) &&
	       token_is(&t[i + 1], "(");
}

/* `#define name NULL`, of a configuration without it: the rules rename it with the handler. */
static bool defines_null(const struct lexed *body)
{
	const struct token *t = body->tokens.items;

	return (body->tokens.nr == 2 && token_is(&t[1], "NULL")) ||
	       (body->tokens.nr == 4 && token_is(&t[1], "(") && token_is(&t[2], "NULL"));
}

/* `return name(a, b);` with name at i: "a,b", or NULL when it is none or an argument is more than a name. */
static char *plain_arguments(const struct token *t, size_t nr, size_t i)
{
	struct strbuf b = { 0 };
	size_t k;

	if (!token_is(&t[i - 1], "return"))
		return NULL;
	for (k = i + 1; k + 3 < nr && token_is(&t[k], k == i + 1 ? "(" : ",") && t[k + 1].kind == TOKEN_IDENT; k += 2) {
		strbuf_adds(&b, b.len ? "," : "");
		strbuf_add(&b, t[k + 1].text, t[k + 1].len);
	}
	if (b.len && k + 1 < nr && token_is(&t[k], ")") && token_is(&t[k + 1], ";"))
		return strbuf_detach(&b);
	strbuf_free(&b);
	return NULL;
}

/* In the body; and the name itself, which stands for another function where the #define holds. */
static void use_in_define(const char *file, const struct token *def, const struct strlist *names,
			  struct text_uses *uses)
{
	struct lexed body = { 0 };
	struct text_use *u;
	size_t i;

	lex_line(def->text, def->len, def->line, &body);
	for (i = defines_null(&body); i < body.tokens.nr; i++) {
		const struct token *t = &body.tokens.items[i];

		if (t->kind != TOKEN_IDENT ||
		    !text_listed(names, t) ||
		    (i > 2 && token_is(t - 1, "=") && t[-2].kind == TOKEN_IDENT &&
		     (token_is(t - 3, ".") || token_is(t - 3, "->"))))
			continue;
		u = vec_push(uses);
		u->file = xstrdup(file);
		u->line = def->line;
		u->name = token_text(t);
	}
	lexed_free(&body);
}

void text_uses(const char *file, const char *text, size_t len, const struct strlist *names,
	       struct text_uses *uses)
{
	struct lexed l = { 0 };
	VEC(unsigned) at_if = { 0 };		/* depth at each open #if: every branch starts there */
	unsigned depth = 0;
	struct text_use *u;
	size_t i;

	lex(text, len, &l);
	for (i = 0; i < l.tokens.nr; i++) {
		const struct token *t = &l.tokens.items[i];

		if (token_is(t, "{"))
			depth++;
		else if (token_is(t, "}") && depth)
			depth--;
		else if (t->kind == TOKEN_IF)
			*vec_push(&at_if) = depth;
		else if (t->kind == TOKEN_ELSE && at_if.nr)
			depth = at_if.items[at_if.nr - 1];
		else if (t->kind == TOKEN_ENDIF && at_if.nr)
			at_if.nr--;
		if (t->kind == TOKEN_DEFINE)
			use_in_define(file, t, names, uses);
		if (t->kind != TOKEN_IDENT || !i ||
		    !text_listed(names, t))
			continue;
		if (token_is(t - 1, ".") || token_is(t - 1, "->") || token_is(t - 1, "struct") ||
		    token_is(t - 1, "union") || token_is(t - 1, "enum") ||
		    is_declaration(l.tokens.items, l.tokens.nr, i, depth) ||
		    is_field_value(l.tokens.items, l.tokens.nr, i))
			continue;
		u = vec_push(uses);
		u->file = xstrdup(file);
		u->line = t->line;
		u->name = token_text(t);
		u->exported = i > 1 && token_is(t - 1, "(") && t[-2].len >= 13 &&
			      !memcmp(t[-2].text, "EXPORT_SYMBOL", 13);
		u->arguments = plain_arguments(l.tokens.items, l.tokens.nr, i);
	}
	vec_free(&at_if);
	lexed_free(&l);
}

static unsigned count_tokens(const struct lexed *l, const char *name)
{
	struct lexed body = { 0 };
	const struct token *t;
	unsigned nr = 0;

	vec_each(t, &l->tokens) {
		if (t->kind == TOKEN_DEFINE) {
			lex_line(t->text, t->len, t->line, &body);
			nr += count_tokens(&body, name);
			lexed_free(&body);
		} else if (t->kind == TOKEN_IDENT) {
			nr += token_is(t, name);
		}
	}
	return nr;
}

unsigned text_count(const char *text, size_t len, const char *name)
{
	struct lexed l = { 0 };
	unsigned nr;

	lex(text, len, &l);
	nr = count_tokens(&l, name);
	lexed_free(&l);
	return nr;
}

void text_uses_free(struct text_uses *uses)
{
	struct text_use *u;

	vec_each(u, uses) {
		free(u->file);
		free(u->name);
		free(u->arguments);
	}
	vec_free(uses);
}
