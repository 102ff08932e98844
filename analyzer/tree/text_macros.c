// SPDX-License-Identifier: GPL-2.0-only
/* Macros whose bodies name a field, or another macro that does. */
#include <stdlib.h>
#include <string.h>

#include "tree/text_scan.h"

void text_macro_parameters(const struct lexed *line, struct strlist *params)
{
	const struct token *t = line->tokens.items;
	char *name;
	size_t k;

	if (line->tokens.nr < 2 || !token_is(&t[1], "(") || t[1].text != t[0].text + t[0].len)
		return;
	for (k = 2; k < line->tokens.nr && !token_is(&t[k], ")"); k++)
		if (t[k].kind == TOKEN_IDENT) {
			name = token_text(&t[k]);
			strlist_add(params, name);
			free(name);
		}
}

unsigned text_parameter(const struct scan *s, const struct token *t)
{
	size_t i;

	for (i = 0; s->params && i < s->params->nr; i++)
		if (token_is(t, s->params->items[i]))
			return (unsigned)i + 1;
	return 0;
}

static bool fills(const struct text_query *q, const char *macro)
{
	size_t i;

	for (i = 0; q->fills && i < q->fills->nr; i++)
		if (!strcmp(q->fills->items[i].macro, macro))
			return true;
	return false;
}

void text_macro_uses(struct scan *s, const struct lexed *line)
{
	const struct token *t;
	struct strlist seen = { 0 };
	struct text_macro *m;
	char *word;

	vec_each(t, &line->tokens) {
		if (t == line->tokens.items || t->kind != TOKEN_IDENT ||
		    (!text_listed(s->fields, t) && !text_listed(s->q->macros, t)))
			continue;
		word = token_text(t);
		if (strlist_add_once(&seen, word)) {
			m = vec_push(&s->facts->macros);
			m->file = xstrdup(s->file);
			m->name = token_text(line->tokens.items);
			m->uses = xstrdup(word);
			m->bare = text_listed(s->fields, t) && !token_is(t - 1, ".") && !token_is(t - 1, "->") &&
				  !(t + 1 < line->tokens.items + line->tokens.nr && token_is(t + 1, ":"));
			/* Where this one is used is not looked at here: the compiler has to say. */
			s->facts->unclear |= fills(s->q, word);
		}
		free(word);
	}
	strlist_free(&seen);
}

void text_scan_macros(const char *file, const char *text, size_t len, const struct text_query *q,
		      struct text_facts *facts)
{
	struct strlist none = { 0 };
	struct lexed l = { 0 };
	struct scan s = { .file = file, .l = &l, .q = q, .fields = &none, .facts = facts,
			  .macros_only = true };
	size_t i;

	lex(text, len, &l);
	s.t = l.tokens.items;
	s.nr = l.tokens.nr;
	for (i = 0; i < s.nr; i++)
		if (s.t[i].kind == TOKEN_DEFINE)
			text_define(&s, i);
	lexed_free(&l);
}
