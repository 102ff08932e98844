// SPDX-License-Identifier: GPL-2.0-only
/* What functions are called with. */
#include <stdlib.h>
#include <string.h>

#include "tree/text_scan.h"

/* The end of the argument that starts at k: a comma or the closing parenthesis of the call. */
static size_t argument_end(const struct lexed *l, size_t k)
{
	const struct token *t = l->tokens.items;
	unsigned depth = 0;

	for (; k < l->tokens.nr && t[k].kind < TOKEN_DEFINE && !token_is(&t[k], ";"); k++) {
		if (token_is(&t[k], "(") || token_is(&t[k], "{") || token_is(&t[k], "["))
			depth++;
		else if (depth && (token_is(&t[k], ")") || token_is(&t[k], "}") || token_is(&t[k], "]")))
			depth--;
		else if (!depth && (token_is(&t[k], ",") || token_is(&t[k], ")")))
			return k;
	}
	return 0;
}

static void add_arguments(const char *file, const struct lexed *l, size_t call, struct text_arguments *out)
{
	const struct token *t = l->tokens.items;
	struct text_argument *a;
	unsigned nr = 1;
	size_t k, end;

	for (k = call + 2; (end = argument_end(l, k)); k = end + 1, nr++) {
		k += token_is(&t[k], "&");
		if (end > k) {
			a = vec_push(out);
			a->file = xstrdup(file);
			a->line = t[call].line;
			a->function = token_text(&t[call]);
			a->nr = nr;
			a->value = end == k + 1 && t[k].kind == TOKEN_IDENT ? token_text(&t[k]) : xstrdup("");
		}
		if (token_is(&t[end], ")"))
			break;
	}
}

/* `int set(…)`, `struct foo *set(…)`: a declaration, or the definition. */
static bool is_declared(const struct lexed *l, size_t name)
{
	static const char *const words[] = { "return", "else", "do", "case", "goto" };
	const struct token *before = name ? &l->tokens.items[name - 1] : NULL;
	size_t i;

	if (!before || before->kind != TOKEN_IDENT)
		return before && token_is(before, "*");
	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (token_is(before, words[i]))
			return false;
	return true;
}

void text_arguments(const char *file, const char *text, size_t len, const struct strlist *names,
		    struct text_arguments *out)
{
	struct lexed l = { 0 };
	size_t i;

	lex(text, len, &l);
	for (i = 0; names->nr && i + 2 < l.tokens.nr; i++)
		if (l.tokens.items[i].kind == TOKEN_IDENT && token_is(&l.tokens.items[i + 1], "(") &&
		    text_listed(names, &l.tokens.items[i]) && !is_declared(&l, i))
			add_arguments(file, &l, i, out);
	lexed_free(&l);
}

void text_arguments_free(struct text_arguments *list)
{
	struct text_argument *a;

	vec_each(a, list) {
		free(a->file);
		free(a->function);
		free(a->value);
	}
	vec_free(list);
}
