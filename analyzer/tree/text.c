// SPDX-License-Identifier: GPL-2.0-only
#include "tree/text.h"

#include <stdlib.h>
#include <string.h>

#include "tree/lex.h"

enum frame_kind { FRAME_INIT, FRAME_ARRAY, FRAME_BLOCK };

/* An open brace. */
struct frame {
	enum frame_kind kind;
	char *tag, *name;		/* of the object being initialised */
	bool is_static;
	const char *how;
};

struct scan {
	const char *file;
	const struct lexed *l;
	const struct token *t;		/* l->tokens.items */
	size_t nr;
	VEC(struct frame) frames;
	VEC(size_t) if_depth;		/* frames.nr at each open #if */
	struct text_facts *facts;
};

static void pop_frame(struct scan *s)
{
	struct frame *f;

	if (!s->frames.nr)
		return;
	f = &s->frames.items[--s->frames.nr];
	free(f->tag);
	free(f->name);
}

/* The index of the bracket that opens what closes at i, or 0 if there is none. */
static size_t match_back(const struct scan *s, size_t i)
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

static size_t match_forward(const struct scan *s, size_t i)
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

static struct frame *top(struct scan *s)
{
	return s->frames.nr ? &s->frames.items[s->frames.nr - 1] : NULL;
}

/* The `{` at i opens what? */
static void open_brace(struct scan *s, size_t i)
{
	struct frame *outer = top(s), f = { .kind = FRAME_BLOCK, .how = "static" };
	bool in_init = outer && outer->kind != FRAME_BLOCK;
	size_t k, open;

	if (i && token_is(&s->t[i - 1], "=")) {
		f.kind = FRAME_INIT;
		if (in_init && outer->kind == FRAME_ARRAY && token_is(&s->t[i - 2], "]")) {
			f.tag = xstrdup(outer->tag ? outer->tag : "");
			f.name = xstrdup(outer->name ? outer->name : "");
			f.how = "array";
		} else if (in_init) {
			k = i - 2;
			f.kind = token_is(&s->t[k], "]") ? FRAME_ARRAY : FRAME_INIT;
			f.name = xstrdup(outer->name ? outer->name : "");
			f.how = "nested";
		} else {
			for (k = i - 1; k > 0 && !token_is(&s->t[k - 1], ";") &&
			     !token_is(&s->t[k - 1], "{") && !token_is(&s->t[k - 1], "}") &&
			     s->t[k - 1].kind < TOKEN_DEFINE; k--)
				;
			declaration(s, k, i - 1, &f);
		}
	} else if (i && token_is(&s->t[i - 1], ")") && (open = match_back(s, i - 1)) &&
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

static void add_site(struct scan *s, size_t i, const char *tag, const char *table, const char *how,
		     const char *macro)
{
	struct text_site *site = vec_push(&s->facts->sites);
	const struct token *last = NULL;
	unsigned depth = 0;
	size_t k;

	for (k = i + 2; k < s->nr; k++) {
		if (token_is(&s->t[k], "("))
			depth++;
		else if (token_is(&s->t[k], ")") && depth)
			depth--;
		else if (!depth && (token_is(&s->t[k], ",") || token_is(&s->t[k], "}") || token_is(&s->t[k], ";")))
			break;
		if (s->t[k].kind == TOKEN_IDENT)
			last = &s->t[k];
		if (s->t[k].kind >= TOKEN_DEFINE)
			break;
	}
	site->file = xstrdup(s->file);
	site->line = s->t[i].line;
	site->tag = xstrdup(tag ? tag : "");
	site->table = xstrdup(table ? table : "");
	site->value = last ? token_text(last) : xstrdup("");
	site->how = xstrdup(how);
	site->macro = macro ? xstrdup(macro) : NULL;
	site->condition = xstrdup(s->l->conditions.items[s->t[i].condition]);
	site->is_static = top(s) && top(s)->is_static;
}

/* `mmap` at i: is it a field that is being set? */
static void mmap_token(struct scan *s, size_t i, const char *macro)
{
	struct frame *f = top(s);
	bool dot = i && token_is(&s->t[i - 1], "."), arrow = i && token_is(&s->t[i - 1], "->");

	if (i + 1 >= s->nr)
		return;
	if (f && f->kind != FRAME_BLOCK && !arrow) {
		if ((dot && token_is(&s->t[i + 1], "=")) ||
		    (!dot && token_is(&s->t[i + 1], ":") && i && s->t[i - 1].kind == TOKEN_PUNCT))
			add_site(s, i, f->tag, f->name, f->how, macro);
		return;
	}
	if (!token_is(&s->t[i + 1], "=") || !(dot || arrow))
		return;
	if (macro)
		add_site(s, i, "", "", "macro", macro);
	else if (i > 1 && (s->t[i - 2].kind == TOKEN_IDENT || token_is(&s->t[i - 2], "]") ||
			   token_is(&s->t[i - 2], ")")))
		add_site(s, i, "", "", "assignment", NULL);
}

static void add_function(struct scan *s, size_t i, enum text_function_kind kind, const char *name,
			 size_t len)
{
	struct text_function *f = vec_push(&s->facts->functions);

	f->file = xstrdup(s->file);
	f->line = s->t[i].line;
	f->name = xstrndup(name, len);
	f->kind = kind;
	f->condition = xstrdup(s->l->conditions.items[s->t[i].condition]);
}

/* At file scope, `name (` at i: a function that takes a vma? */
static void function_token(struct scan *s, size_t i)
{
	size_t close = match_forward(s, i + 1), k;
	bool vma = false;

	if (!close || !i || (s->t[i - 1].kind == TOKEN_PUNCT && !token_is(&s->t[i - 1], "*")))
		return;
	for (k = i + 2; k < close; k++)
		vma |= token_is(&s->t[k], "vm_area_struct");
	if (!vma)
		return;
	/* Attributes, with or without arguments. */
	for (k = close + 1; k < s->nr && s->t[k].kind == TOKEN_IDENT; k++)
		if (k + 1 < s->nr && token_is(&s->t[k + 1], "(")) {
			k = match_forward(s, k + 1);
			if (!k)
				return;
		}
	if (k >= s->nr)
		return;
	if (token_is(&s->t[k], "{"))
		add_function(s, i, TEXT_DEFINITION, s->t[i].text, s->t[i].len);
	else if (token_is(&s->t[k], ";"))
		add_function(s, i, TEXT_DECLARATION, s->t[i].text, s->t[i].len);
}

static void scan_tokens(struct scan *s, const char *macro);

static void define(struct scan *s, size_t i)
{
	struct lexed body = { 0 };
	struct scan inner = { .file = s->file, .facts = s->facts };
	size_t k, from = 1;
	char *name;

	lex_line(s->t[i].text, s->t[i].len, s->t[i].line, &body);
	if (body.tokens.nr && body.tokens.items[0].kind == TOKEN_IDENT) {
		name = token_text(&body.tokens.items[0]);
		if (body.tokens.nr == 2 && token_is(&body.tokens.items[1], "NULL"))
			add_function(s, i, TEXT_NULL_DEFINE, name, strlen(name));
		else if (body.tokens.nr == 4 && token_is(&body.tokens.items[2], "NULL") &&
			 token_is(&body.tokens.items[1], "("))
			add_function(s, i, TEXT_NULL_DEFINE, name, strlen(name));
		for (k = 0; k < body.tokens.nr; k++)
			body.tokens.items[k].condition = 0;
		free(body.conditions.items[0]);
		body.conditions.items[0] = xstrdup(s->l->conditions.items[s->t[i].condition]);
		inner.l = &body;
		inner.t = body.tokens.items + from;
		inner.nr = body.tokens.nr - from;
		scan_tokens(&inner, name);
		free(name);
	}
	lexed_free(&body);
}

static void copy_token(struct scan *s, size_t i)
{
	size_t k, close;

	/* memcpy(x, y_fops, …), kmemdup(y->fops, …), *x = y_fops; */
	if ((token_is(&s->t[i], "memcpy") || token_is(&s->t[i], "kmemdup")) && i + 1 < s->nr &&
	    token_is(&s->t[i + 1], "(")) {
		close = match_forward(s, i + 1);
		for (k = i + 2; k < close; k++)
			if (s->t[k].kind == TOKEN_IDENT && memmem(s->t[k].text, s->t[k].len, "fop", 3))
				s->facts->copies_table = true;
	} else if (token_is(&s->t[i], "=") && i + 2 < s->nr && i > 1 &&
		   memmem(s->t[i - 1].text, s->t[i - 1].len, "fop", 3)) {
		k = i + 1 + token_is(&s->t[i + 1], "*");
		if (s->t[k].kind == TOKEN_IDENT && token_is(&s->t[k + 1], ";") &&
		    (memmem(s->t[k].text, s->t[k].len, "fops", 4) ||
		     memmem(s->t[k].text, s->t[k].len, "file_operations", 15)))
			s->facts->copies_table = true;
	}
}

static void swap_token(struct scan *s, size_t i)
{
	struct text_swap *swap;
	size_t k = i + 2;

	if (!i || k + 1 >= s->nr || !token_is(&s->t[i - 1], "->") || !token_is(&s->t[i + 1], "="))
		return;
	k += token_is(&s->t[k], "&");
	if (s->t[k].kind != TOKEN_IDENT || !token_is(&s->t[k + 1], ";"))
		return;
	swap = vec_push(&s->facts->swaps);
	swap->file = xstrdup(s->file);
	swap->table = token_text(&s->t[k]);
	swap->line = s->t[i].line;
}

static void scan_tokens(struct scan *s, const char *macro)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		const struct token *t = &s->t[i];

		switch (t->kind) {
		case TOKEN_DEFINE:
			define(s, i);
			break;
		case TOKEN_IF:
			*vec_push(&s->if_depth) = s->frames.nr;
			break;
		case TOKEN_ELSE:
			while (s->if_depth.nr && s->frames.nr > s->if_depth.items[s->if_depth.nr - 1])
				pop_frame(s);
			break;
		case TOKEN_ENDIF:
			if (s->if_depth.nr)
				s->if_depth.nr--;
			break;
		case TOKEN_PUNCT:
			if (token_is(t, "{"))
				open_brace(s, i);
			else if (token_is(t, "}"))
				pop_frame(s);
			else if (token_is(t, "="))
				copy_token(s, i);
			break;
		case TOKEN_IDENT:
			if (token_is(t, "mmap"))
				mmap_token(s, i, macro);
			else if (!s->frames.nr && !macro && i + 1 < s->nr && token_is(&s->t[i + 1], "("))
				function_token(s, i);
			else if (token_is(t, "f_op"))
				swap_token(s, i);
			else if (s->frames.nr)
				copy_token(s, i);
			break;
		default:
			break;
		}
	}
	while (s->frames.nr)
		pop_frame(s);
	vec_free(&s->frames);
	vec_free(&s->if_depth);
}

void text_scan(const char *file, const char *text, size_t len, struct text_facts *facts)
{
	struct lexed l = { 0 };
	struct scan s = { .file = file, .l = &l, .facts = facts };

	lex(text, len, &l);
	s.t = l.tokens.items;
	s.nr = l.tokens.nr;
	scan_tokens(&s, NULL);
	lexed_free(&l);
}

void text_facts_free(struct text_facts *facts)
{
	struct text_site *s;
	struct text_function *f;
	struct text_swap *w;

	vec_each(s, &facts->sites) {
		free(s->file);
		free(s->tag);
		free(s->table);
		free(s->value);
		free(s->how);
		free(s->macro);
		free(s->condition);
	}
	vec_each(f, &facts->functions) {
		free(f->file);
		free(f->name);
		free(f->condition);
	}
	vec_each(w, &facts->swaps) {
		free(w->file);
		free(w->table);
	}
	vec_free(&facts->sites);
	vec_free(&facts->functions);
	vec_free(&facts->swaps);
}
