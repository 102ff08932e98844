// SPDX-License-Identifier: GPL-2.0-only
/* Functions with a vma parameter: where they are defined and declared, and what their bodies name. */
#include <stdlib.h>
#include <string.h>

#include "tree/text_scan.h"

enum { COMPACT_AT = 512 };		/* names of a body that are collected before the list is tidied */

static struct text_function *add(struct scan *s, size_t i, enum text_function_kind kind, const char *name,
				 size_t len)
{
	struct text_function *f = vec_push(&s->facts->functions);

	f->file = xstrdup(s->file);
	f->line = s->t[i].line;
	f->name = xstrndup(name, len);
	f->kind = kind;
	f->condition = xstrdup(s->l->conditions.items[s->t[i].condition]);
	return f;
}

void text_function_null(struct scan *s, size_t i, const char *name, size_t len)
{
	add(s, i, TEXT_NULL_DEFINE, name, len);
}

/* Does what stands before a function's name, up to i, look like its type? */
static bool is_type_before(const struct scan *s, size_t i)
{
	size_t open;

	if (s->t[i - 1].kind != TOKEN_PUNCT || token_is(&s->t[i - 1], "*"))
		return true;
	/* `int __attribute__((x)) name(`, `int __aligned(8) name(` */
	if (!token_is(&s->t[i - 1], ")"))
		return false;
	open = text_match_back(s, i - 1);
	return open && s->t[open - 1].kind == TOKEN_IDENT;
}

/* Does the word stand in the declaration before i? */
static bool declared(const struct scan *s, size_t i, const char *word)
{
	while (i-- > 0 && s->t[i].kind < TOKEN_DEFINE && !token_is(&s->t[i], ";") && !token_is(&s->t[i], "}"))
		if (token_is(&s->t[i], word))
			return true;
	return false;
}

void text_function_token(struct scan *s, size_t i)
{
	struct text_function *f;
	size_t open = i + 1, close, k;
	bool vma = false;

	if (!i || i + 1 >= s->nr)
		return;
	/* `int (name)(…)`: where a macro of the name must not be taken. */
	if (token_is(&s->t[i + 1], ")") && token_is(&s->t[i - 1], "(") && i > 1 && i + 2 < s->nr &&
	    token_is(&s->t[i + 2], "(")) {
		if (!is_type_before(s, i - 1))
			return;
		open = i + 2;
	} else if (!token_is(&s->t[i + 1], "(") || !is_type_before(s, i)) {
		return;
	}
	close = text_match_forward(s, open);
	if (!close)
		return;
	for (k = open + 1; k < close; k++)
		vma |= token_is(&s->t[k], "vm_area_struct");
	if (!vma && !text_listed(s->q->functions, &s->t[i]))
		return;
	/* Attributes, with or without arguments. */
	for (k = close + 1; k < s->nr && s->t[k].kind == TOKEN_IDENT; k++)
		if (k + 1 < s->nr && token_is(&s->t[k + 1], "(")) {
			k = text_match_forward(s, k + 1);
			if (!k)
				return;
		}
	if (k >= s->nr || (!token_is(&s->t[k], "{") && !token_is(&s->t[k], ";")) || declared(s, i, "typedef"))
		return;
	f = add(s, i, token_is(&s->t[k], "{") ? TEXT_DEFINITION : TEXT_DECLARATION, s->t[i].text, s->t[i].len);
	f->is_static = declared(s, i, "static");
	if (f->kind == TEXT_DEFINITION) {
		text_function_end(s);
		s->function = s->facts->functions.nr;
		s->compact_at = COMPACT_AT;
	}
}

void text_function_name(struct scan *s, size_t i)
{
	struct strlist *names = &s->facts->functions.items[s->function - 1].names;
	bool member = i && (token_is(&s->t[i - 1], ".") || token_is(&s->t[i - 1], "->"));
	char *name;

	/* A file's own operations are tier 1: nothing behind them has to be followed. */
	if (member && (!text_listed(s->fields, &s->t[i]) || (i > 1 && token_is(&s->t[i - 2], "f_op"))))
		return;
	name = token_text(&s->t[i]);
	strlist_add(names, name);
	free(name);
	if (names->nr >= s->compact_at) {
		strlist_sort_once(names);
		s->compact_at = names->nr * 2 > COMPACT_AT ? names->nr * 2 : COMPACT_AT;
	}
}

void text_function_end(struct scan *s)
{
	if (s->function)
		strlist_sort_once(&s->facts->functions.items[s->function - 1].names);
	s->function = 0;
}
