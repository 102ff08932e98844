// SPDX-License-Identifier: GPL-2.0-only
/* One pass over a file's tokens: what is open at each, and who looks at it. */
#include "tree/text.h"

#include <stdlib.h>
#include <string.h>

#include "tree/text_scan.h"

/* What an #if opens is remembered up to these; behind them its branches can spoil what follows. */
enum { MAX_IFS = 64, MAX_FRAMES = 64 };

static void free_frames(struct frames *v)
{
	struct frame *f;

	vec_each(f, v) {
		free(f->tag);
		free(f->name);
	}
	vec_free(v);
}

static void pop_frame(struct scan *s)
{
	struct frame *f;

	if (!s->frames.nr)
		return;
	f = &s->frames.items[--s->frames.nr];
	free(f->tag);
	free(f->name);
	if (!s->frames.nr)
		text_function_end(s);
}

static void copy_frames(struct frames *to, const struct frames *from)
{
	struct frame *f, *g;

	vec_each(f, from) {
		g = vec_push(to);
		*g = *f;
		g->tag = f->tag ? xstrdup(f->tag) : NULL;
		g->name = f->name ? xstrdup(f->name) : NULL;
	}
}

size_t text_match_back(const struct scan *s, size_t i)
{
	unsigned depth = 0;

	for (;; i--) {
		if (token_is(&s->t[i], ")") || token_is(&s->t[i], "]"))
			depth++;
		else if ((token_is(&s->t[i], "(") || token_is(&s->t[i], "[")) && --depth == 0)
			return i;
		if (!i || token_is(&s->t[i], ";"))
			return 0;
	}
}

size_t text_match_forward(const struct scan *s, size_t i)
{
	unsigned depth = 0;

	for (; i < s->nr; i++) {
		if (token_is(&s->t[i], "("))
			depth++;
		else if (token_is(&s->t[i], ")") && --depth == 0)
			return i;
		else if (token_is(&s->t[i], ";"))
			break;
	}
	return 0;
}

static int compare_word(const void *key, const void *item)
{
	const struct token *t = key;
	const char *word = *(char *const *)item;
	int c = strncmp(t->text, word, t->len);

	return c ? c : word[t->len] ? -1 : 0;
}

bool text_listed(const struct strlist *sorted, const struct token *t)
{
	return sorted && sorted->nr && bsearch(t, sorted->items, sorted->nr, sizeof(*sorted->items), compare_word);
}

static bool is_qualifier(const struct token *t)
{
	return token_is(t, "const") || token_is(t, "volatile") || (t->len > 2 && !memcmp(t->text, "__", 2));
}

/* `struct TAG [const] name …` somewhere in [from, to): fills tag and name (owned). */
static void declaration(const struct scan *s, size_t from, size_t to, struct frame *f)
{
	size_t i;

	for (i = from; i < to; i++)
		f->is_static |= token_is(&s->t[i], "static");
	for (i = to; i-- > from;) {
		if (!token_is(&s->t[i], "struct") || i + 1 >= to || s->t[i + 1].kind != TOKEN_IDENT)
			continue;
		f->tag = token_text(&s->t[i + 1]);
		for (i += 2; i < to; i++) {
			if (token_is(&s->t[i], "["))
				f->kind = FRAME_ARRAY;
			if (s->t[i].kind == TOKEN_IDENT && !is_qualifier(&s->t[i]) && !f->name)
				f->name = token_text(&s->t[i]);
		}
		break;
	}
}

/* The `{` at i opens what? */
static void open_brace(struct scan *s, size_t i)
{
	struct frame *outer = text_top(s), f = { .kind = FRAME_BLOCK, .how = "static" };
	bool in_init = outer && outer->kind != FRAME_BLOCK;
	size_t k, open;

	if (i && token_is(&s->t[i - 1], "=")) {
		f.kind = FRAME_INIT;
		if (in_init && outer->kind == FRAME_ARRAY && i > 1 && token_is(&s->t[i - 2], "]")) {
			f.tag = xstrdup(outer->tag ? outer->tag : "");
			f.name = xstrdup(outer->name ? outer->name : "");
			f.how = "array";
		} else if (in_init) {
			f.kind = i > 1 && token_is(&s->t[i - 2], "]") ? FRAME_ARRAY : FRAME_INIT;
			f.name = xstrdup(outer->name ? outer->name : "");
			f.how = "nested";
		} else {
			for (k = i - 1; k > 0 && !token_is(&s->t[k - 1], ";") &&
			     !token_is(&s->t[k - 1], "{") && !token_is(&s->t[k - 1], "}") &&
			     s->t[k - 1].kind < TOKEN_DEFINE; k--)
				;
			declaration(s, k, i - 1, &f);
		}
	} else if (i && token_is(&s->t[i - 1], ")") && (open = text_match_back(s, i - 1)) &&
		   (token_is(&s->t[open + 1], "struct") || token_is(&s->t[open + 1], "const")) &&
		   (s->t[open - 1].kind == TOKEN_PUNCT || token_is(&s->t[open - 1], "return"))) {
		f.kind = FRAME_INIT;
		f.how = "compound";
		declaration(s, open + 1, i - 1, &f);
		if (!f.tag && open + 3 < i)
			f.tag = token_text(&s->t[i - 2]);
	} else if (in_init) {
		f.kind = FRAME_INIT;
		f.tag = xstrdup(outer->tag && outer->kind == FRAME_ARRAY ? outer->tag : "");
		f.name = xstrdup(outer->name ? outer->name : "");
		f.how = outer->kind == FRAME_ARRAY ? "array" : "nested";
	}
	*vec_push(&s->frames) = f;
}

static void scan_tokens(struct scan *s, const char *macro);

void text_define(struct scan *s, size_t i)
{
	struct lexed body = { 0 };
	struct strlist params = { 0 };
	struct scan inner = { .file = s->file, .facts = s->facts, .q = s->q, .fields = s->fields };
	size_t k;
	char *name;

	lex_line(s->t[i].text, s->t[i].len, s->t[i].line, &body);
	if (body.tokens.nr && body.tokens.items[0].kind == TOKEN_IDENT) {
		name = token_text(&body.tokens.items[0]);
		if (s->macros_only)
			;
		else if (body.tokens.nr == 2 && token_is(&body.tokens.items[1], "NULL"))
			text_function_null(s, i, name, strlen(name));
		else if (body.tokens.nr == 4 && token_is(&body.tokens.items[2], "NULL") &&
			 token_is(&body.tokens.items[1], "("))
			text_function_null(s, i, name, strlen(name));
		text_macro_parameters(&body, &params);
		text_macro_uses(s, &body);
		for (k = 0; k < body.tokens.nr; k++)
			body.tokens.items[k].condition = 0;
		free(body.conditions.items[0]);
		body.conditions.items[0] = xstrdup(s->l->conditions.items[s->t[i].condition]);
		inner.l = &body;
		inner.t = body.tokens.items + 1;
		inner.nr = body.tokens.nr - 1;
		inner.params = &params;
		scan_tokens(&inner, name);
		free(name);
	}
	strlist_free(&params);
	lexed_free(&body);
}

static void start_if(struct scan *s)
{
	struct at_if *saved = vec_push(&s->at_if);

	if (s->at_if.nr > MAX_IFS || s->frames.nr > MAX_FRAMES)
		return;
	copy_frames(&saved->frames, &s->frames);
	saved->function = s->function;
}

/* What a branch closed is open in the next one, and what it opened is not. */
static void start_else(struct scan *s)
{
	struct at_if *saved = s->at_if.nr ? &s->at_if.items[s->at_if.nr - 1] : NULL;

	if (!saved || s->at_if.nr > MAX_IFS || s->frames.nr > MAX_FRAMES)
		return;
	free_frames(&s->frames);
	copy_frames(&s->frames, &saved->frames);
	text_function_end(s);
	s->function = saved->function;
}

static void end_if(struct scan *s)
{
	if (s->at_if.nr)
		free_frames(&s->at_if.items[--s->at_if.nr].frames);
}

static void directive(struct scan *s, size_t i, const char *macro)
{
	if (s->t[i].kind == TOKEN_IF)
		start_if(s);
	else if (s->t[i].kind == TOKEN_ELSE)
		start_else(s);
	else if (s->t[i].kind == TOKEN_ENDIF)
		end_if(s);
	else if (!macro)
		text_define(s, i);
}

static void identifier(struct scan *s, size_t i, const char *macro)
{
	const struct token *t = &s->t[i];

	if (text_listed(s->fields, t) && (s->frames.nr || macro)) {
		text_field_token(s, i, macro);
	} else if (text_listed(s->q->macros, t)) {
		text_macro_token(s, i, macro);
	} else if (!s->frames.nr && !macro) {
		text_function_token(s, i);
	} else if (token_is(t, "f_op")) {
		text_swap_token(s, i);
	} else if (s->frames.nr) {
		text_copy_token(s, i);
		text_value_token(s, i);
	}
	if (s->function)
		text_function_name(s, i);
}

static void scan_tokens(struct scan *s, const char *macro)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		if (s->t[i].kind >= TOKEN_DEFINE) {
			directive(s, i, macro);
		} else if (s->t[i].kind == TOKEN_IDENT) {
			identifier(s, i, macro);
		} else if (s->t[i].kind == TOKEN_PUNCT) {
			if (token_is(&s->t[i], "{"))
				open_brace(s, i);
			else if (token_is(&s->t[i], "}"))
				pop_frame(s);
			else if (token_is(&s->t[i], "="))
				text_copy_token(s, i);
		}
	}
	text_function_end(s);
	free_frames(&s->frames);
	while (s->at_if.nr)
		end_if(s);
	vec_free(&s->at_if);
}

/* q's field names and those that the file declares itself, sorted. */
static void own_fields(const struct text_query *q, const struct text_facts *facts, size_t first,
		       struct strlist *names)
{
	size_t i;

	for (i = 0; i < q->fields->nr; i++)
		strlist_add(names, q->fields->items[i]);
	for (i = first; i < facts->fields.nr; i++)
		if (!facts->fields.items[i].desc && !facts->fields.items[i].excluded)
			strlist_add_once(names, facts->fields.items[i].name);
	strlist_sort(names);
}

/* Fields whose type is a typedef that the file declares itself. */
static void own_typedefs(const char *file, const struct lexed *l, const struct text_query *q, size_t first,
			 struct text_facts *facts)
{
	struct strlist all = { 0 };
	size_t i;

	for (i = 0; q->typedefs && i < q->typedefs->nr; i++)
		strlist_add(&all, q->typedefs->items[i]);
	for (i = first; i < facts->typedefs.nr; i++)
		strlist_add_once(&all, facts->typedefs.items[i]);
	strlist_sort(&all);
	text_fields(file, l, &all, facts);
	strlist_free(&all);
}

void text_scan(const char *file, const char *text, size_t len, const struct text_query *q,
	       struct text_facts *facts)
{
	struct lexed l = { 0 };
	struct strlist names = { 0 };
	struct scan s = { .file = file, .l = &l, .q = q, .facts = facts, .fields = &names };
	size_t first = facts->fields.nr, types = facts->typedefs.nr;

	lex(text, len, &l);
	s.t = l.tokens.items;
	s.nr = l.tokens.nr;
	text_fields(file, &l, q->typedefs, facts);
	if (facts->typedefs.nr > types)
		own_typedefs(file, &l, q, types, facts);
	own_fields(q, facts, first, &names);
	scan_tokens(&s, NULL);
	strlist_free(&names);
	lexed_free(&l);
}
