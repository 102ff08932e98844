// SPDX-License-Identifier: GPL-2.0-only
/* Where a field is filled in: designators, assignments, macros that hold either. */
#include <stdlib.h>
#include <string.h>

#include "tree/text_scan.h"

/* Past the value that starts at k: the index of what ends it. */
static size_t value_end(const struct scan *s, size_t k)
{
	unsigned depth = 0;

	for (; k < s->nr && s->t[k].kind < TOKEN_DEFINE; k++) {
		if (token_is(&s->t[k], "("))
			depth++;
		else if (token_is(&s->t[k], ")") && depth)
			depth--;
		else if (!depth && (token_is(&s->t[k], ",") || token_is(&s->t[k], "}") || token_is(&s->t[k], ";")))
			break;
	}
	return k;
}

/* Is the value in [from, to) one name, perhaps with `&` or parentheses?  *last: its last name. */
static bool is_plain(const struct scan *s, size_t from, size_t to, const struct token **last)
{
	unsigned names = 0;
	bool plain = true;
	size_t k;

	*last = NULL;
	for (k = from; k < to; k++) {
		if (s->t[k].kind == TOKEN_IDENT) {
			names++;
			*last = &s->t[k];
			plain &= !text_parameter(s, &s->t[k]);
		} else {
			plain &= token_is(&s->t[k], "&") || (token_is(&s->t[k], "(") && !names) ||
				 token_is(&s->t[k], ")");
		}
	}
	/* `a ## _mmap` is none of its parts. */
	for (k = from; k < to; k++)
		if (token_is(&s->t[k], "#"))
			*last = NULL;
	return plain && names == 1;
}

static struct text_site *new_site(struct scan *s, size_t i, const char *tag, const char *table, const char *how)
{
	struct token name = { .text = table ? table : "", .len = table ? (unsigned)strlen(table) : 0 };
	struct text_site *site = vec_push(&s->facts->sites);

	site->file = xstrdup(s->file);
	site->line = s->t[i].line;
	site->tag = xstrdup(tag ? tag : "");
	site->table = xstrdup(table ? table : "");
	site->how = xstrdup(how);
	site->condition = xstrdup(s->l->conditions.items[s->t[i].condition]);
	site->is_static = text_top(s) && text_top(s)->is_static;
	site->table_arg = text_parameter(s, &name);
	return site;
}

static void add_site(struct scan *s, size_t i, const char *tag, const char *table, const char *how,
		     const char *macro)
{
	struct text_site *site = new_site(s, i, tag, table, how);
	const struct token *last;

	site->opaque = !is_plain(s, i + 2, value_end(s, i + 2), &last);
	site->field = token_text(&s->t[i]);
	site->value = last ? token_text(last) : xstrdup("");
	site->macro = macro ? xstrdup(macro) : NULL;
}

/* `.field` at i in an initializer: its object is the frame's, or a part of it. */
static void add_designated(struct scan *s, size_t i, const struct frame *f, const char *macro)
{
	const char *tag = f->tag, *how = f->how;
	size_t before = i - 2, open;

	if (i > 1 && (s->t[before].kind == TOKEN_IDENT || token_is(&s->t[before], "]"))) {
		/* `.part.field = `, `[2].field = ` */
		open = token_is(&s->t[before], "]") ? text_match_back(s, before) : 0;
		if (open && f->kind == FRAME_ARRAY &&
		    (token_is(&s->t[open - 1], "{") || token_is(&s->t[open - 1], ","))) {
			how = "array";
		} else {
			tag = "";
			how = "nested";
		}
	}
	add_site(s, i, tag, f->name, how, macro);
}

/* Who calls through a field without a vma of its own: nothing follows it there. */
static void add_call(struct scan *s, size_t i)
{
	struct text_call *c = vec_push(&s->facts->calls);

	c->file = xstrdup(s->file);
	c->field = token_text(&s->t[i]);
	c->line = s->t[i].line;
}

void text_field_token(struct scan *s, size_t i, const char *macro)
{
	struct frame *f = text_top(s);
	bool dot = i && token_is(&s->t[i - 1], "."), arrow = i && token_is(&s->t[i - 1], "->");

	if (i + 1 >= s->nr)
		return;
	if (f && f->kind != FRAME_BLOCK && !arrow) {
		if (dot && token_is(&s->t[i + 1], "="))
			add_designated(s, i, f, macro);
		else if (!dot && token_is(&s->t[i + 1], ":") && i && s->t[i - 1].kind == TOKEN_PUNCT)
			add_site(s, i, f->tag, f->name, f->how, macro);
		return;
	}
	if ((dot || arrow) && token_is(&s->t[i + 1], "(") && !macro && f && !s->function)
		add_call(s, i);
	if ((dot || arrow) && token_is(&s->t[i + 1], "=")) {
		if (macro)
			add_site(s, i, "", "", "macro", macro);
		else if (i > 1 && (s->t[i - 2].kind == TOKEN_IDENT || token_is(&s->t[i - 2], "]") ||
				   token_is(&s->t[i - 2], ")")))
			add_site(s, i, "", "", "assignment", NULL);
	}
}

/* A macro, by the kernel's habit, and no function. */
static bool is_upper_case(const struct token *t)
{
	unsigned i;

	for (i = 0; i < t->len; i++)
		if (t->text[i] >= 'a' && t->text[i] <= 'z')
			return false;
	return true;
}

/* Is what stands at i an argument? */
static bool in_parentheses(const struct scan *s, size_t i)
{
	unsigned depth = 0;

	while (i-- > 0 && s->t[i].kind < TOKEN_DEFINE && !token_is(&s->t[i], "{") && !token_is(&s->t[i], "}") &&
	       !token_is(&s->t[i], "=") && !token_is(&s->t[i], ";")) {
		depth += token_is(&s->t[i], ")");
		if (token_is(&s->t[i], "(") && !depth--)
			return true;
	}
	return false;
}

void text_value_token(struct scan *s, size_t i)
{
	const struct frame *f = text_top(s);
	struct token tag = { .text = f && f->tag ? f->tag : "" };
	size_t before = i > 1 && token_is(&s->t[i - 1], "&") ? i - 2 : i - 1;

	tag.len = (unsigned)strlen(tag.text);
	/* `{ NULL, handler }`: the struct's declaration has to say which field that is. */
	if (f && f->kind != FRAME_BLOCK && i && i + 1 < s->nr &&
	    (token_is(&s->t[before], "{") || token_is(&s->t[before], ",")) &&
	    (token_is(&s->t[i + 1], ",") || token_is(&s->t[i + 1], "}")) && !is_upper_case(&s->t[i]) &&
	    text_listed(s->q->structs, &tag) && !in_parentheses(s, i))
		s->facts->unclear = true;
}

static int compare_fill(const void *key, const void *item)
{
	const struct token *t = key;
	const char *name = ((const struct text_fill *)item)->macro;
	int c = strncmp(t->text, name, t->len);

	return c ? c : name[t->len] ? -1 : 0;
}

/* The fills of the macro at i: the first, and *end behind the last; NULL: it has none. */
static const struct text_fill *fills_of(const struct scan *s, size_t i, const struct text_fill **end)
{
	const struct text_fills *fills = s->q->fills;
	const struct text_fill *fill = NULL, *last;

	if (fills && fills->nr)
		fill = bsearch(&s->t[i], fills->items, fills->nr, sizeof(*fills->items), compare_fill);
	if (!fill)
		return NULL;
	last = fills->items + fills->nr;
	while (fill > fills->items && !strcmp(fill[-1].macro, fill->macro))
		fill--;
	for (*end = fill; *end < last && !strcmp((*end)->macro, fill->macro); ++*end)
		;
	return fill;
}

/* Argument n (from 1) of the macro used at i, if it is one name. */
static const struct token *argument(const struct scan *s, size_t i, unsigned n)
{
	size_t close = i + 1 < s->nr && token_is(&s->t[i + 1], "(") ? text_match_forward(s, i + 1) : 0, k;
	unsigned depth = 0;

	for (k = i + 2; k < close && n > 1; k++) {
		depth += token_is(&s->t[k], "(");
		depth -= depth && token_is(&s->t[k], ")");
		n -= !depth && token_is(&s->t[k], ",");
	}
	return n == 1 && k < close && s->t[k].kind == TOKEN_IDENT && k + 1 <= close &&
	       (token_is(&s->t[k + 1], ",") || k + 1 == close) ? &s->t[k] : NULL;
}

static void add_fill(struct scan *s, size_t i, const struct text_fill *fill, const char *tag, const char *table,
		     const char *macro)
{
	struct text_site *site = new_site(s, i, tag, table, "");

	free(site->how);
	site->how = xasprintf("macro:%s", fill->macro);
	site->field = xstrdup(fill->field);
	site->value = xstrdup(fill->value);
	site->opaque = fill->opaque;
	site->is_static |= fill->is_static;
	site->macro = macro ? xstrdup(macro) : NULL;
}

void text_macro_token(struct scan *s, size_t i, const char *macro)
{
	const struct text_fill *fill, *end, *k;
	const struct frame *f = text_top(s);
	const struct token *name;
	char *table;
	bool item;

	fill = fills_of(s, i, &end);
	if (!fill)
		return;
	/* Understood: one of the items of an initializer whose struct is known, … */
	item = f && f->kind == FRAME_INIT && f->tag && *f->tag && i &&
	       (token_is(&s->t[i - 1], "{") || token_is(&s->t[i - 1], ",") || s->t[i - 1].kind >= TOKEN_DEFINE);
	for (k = fill; k < end; k++) {
		if (!*k->tag && item) {
			add_fill(s, i, k, f->tag, f->name, macro);
			continue;
		}
		/* … and a table whose name is an argument, outside of functions. */
		name = *k->tag && k->table_arg && !f && !macro ? argument(s, i, k->table_arg) : NULL;
		if (name) {
			table = token_text(name);
			add_fill(s, i, k, k->tag, table, NULL);
			free(table);
		} else if (!macro) {
			s->facts->unclear = true;
		}
	}
}
