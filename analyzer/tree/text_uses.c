// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "tree/lex.h"
#include "tree/text.h"

static int compare_name(const void *key, const void *item)
{
	const struct token *t = key;
	const char *name = *(char *const *)item;
	int c = strncmp(t->text, name, t->len);

	return c ? c : name[t->len] ? -1 : 0;
}

static bool is_field_value(const struct token *t, size_t i)
{
	/* `.mmap = name`, `.mmap = (cast)name`, `.mmap_prepare = name`, and tables of other structs. */
	size_t k;

	for (k = i; k-- > 0 && i - k < 24;) {
		if (token_is(&t[k], "=") || token_is(&t[k], ":"))
			return k > 1 && t[k - 1].kind == TOKEN_IDENT && !token_is(&t[i + 1], "(");
		if (t[k].kind != TOKEN_IDENT && !token_is(&t[k], "(") && !token_is(&t[k], ")") &&
		    !token_is(&t[k], "*") && !token_is(&t[k], "&") && !token_is(&t[k], ","))
			return false;
	}
	return false;
}

/* `name(…)` at i: a definition or declaration, told by the type in front and the depth. */
static bool is_declaration(const struct token *t, size_t i, unsigned depth)
{
	return !depth && i && (t[i - 1].kind == TOKEN_IDENT || token_is(&t[i - 1], "*")) &&
	       token_is(&t[i + 1], "(");
}

static void use_in_define(const char *file, const struct token *def, const struct strlist *names,
			  struct text_uses *uses)
{
	struct lexed body = { 0 };
	struct text_use *u;
	size_t i;

	lex_line(def->text, def->len, def->line, &body);
	for (i = 1; i < body.tokens.nr; i++) {
		const struct token *t = &body.tokens.items[i];

		if (t->kind != TOKEN_IDENT ||
		    !bsearch(t, names->items, names->nr, sizeof(*names->items), compare_name) ||
		    (i > 2 && token_is(t - 1, "=") && (token_is(t - 2, "mmap"))))
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
	unsigned depth = 0;
	struct text_use *u;
	size_t i;

	lex(text, len, &l);
	for (i = 0; i + 1 < l.tokens.nr; i++) {
		const struct token *t = &l.tokens.items[i];

		if (token_is(t, "{"))
			depth++;
		else if (token_is(t, "}") && depth)
			depth--;
		if (t->kind == TOKEN_DEFINE)
			use_in_define(file, t, names, uses);
		if (t->kind != TOKEN_IDENT || !i ||
		    !bsearch(t, names->items, names->nr, sizeof(*names->items), compare_name))
			continue;
		if (token_is(t - 1, ".") || token_is(t - 1, "->") || token_is(t - 1, "struct") ||
		    token_is(t - 1, "union") || token_is(t - 1, "enum") ||
		    is_declaration(l.tokens.items, i, depth) || is_field_value(l.tokens.items, i))
			continue;
		u = vec_push(uses);
		u->file = xstrdup(file);
		u->line = t->line;
		u->name = token_text(t);
		u->exported = i > 1 && token_is(t - 1, "(") && t[-2].len > 13 &&
			      !memcmp(t[-2].text, "EXPORT_SYMBOL", 13);
	}
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
