// SPDX-License-Identifier: GPL-2.0-only
/* Members of structs that point to functions with a vma parameter. */
#include <stdlib.h>
#include <string.h>

#include "tree/fields.h"
#include "tree/text_scan.h"

enum {
	MAX_OPEN = 256,			/* braces; what is deeper is not looked at */
	MAX_BACK = 64,			/* tokens between a typedef and what it names */
};

struct walk {
	const char *file;
	const struct token *t;
	size_t nr;
	const struct strlist *typedefs;
	struct text_facts *facts;
	/* For each open brace: the token of the struct's tag, or of its typedef's name; 0: none. */
	size_t tags[MAX_OPEN];
	bool is_struct[MAX_OPEN];
	unsigned depth;
};

enum takes { TAKES_NOTHING, TAKES_VMA, TAKES_DESC };

static bool at(const struct walk *w, size_t i, const char *text)
{
	return i < w->nr && token_is(&w->t[i], text);
}

/* The parenthesis that closes the one at i, or 0; *takes: what its parameters are. */
static size_t parameters(const struct walk *w, size_t i, enum takes *takes)
{
	unsigned depth = 0;

	*takes = TAKES_NOTHING;
	for (; i < w->nr; i++) {
		if (at(w, i, "("))
			depth++;
		else if (at(w, i, ")") && --depth == 0)
			return i;
		else if (at(w, i, ";") || at(w, i, "{"))
			break;
		/* Deeper ones belong to a parameter that is a function itself. */
		else if (depth == 1 && at(w, i, "struct") && at(w, i + 2, "*") &&
			 (at(w, i + 1, "vm_area_struct") || at(w, i + 1, "vm_area_desc")))
			*takes = at(w, i + 1, "vm_area_desc") ? TAKES_DESC : TAKES_VMA;
	}
	return 0;
}

static bool is_attribute(const struct token *t)
{
	return t->len > 2 && !memcmp(t->text, "__", 2);
}

/* Does a typedef start the declaration in which i stands? */
static bool in_typedef(const struct walk *w, size_t i)
{
	size_t low = i > MAX_BACK ? i - MAX_BACK : 0;

	while (i-- > low && !at(w, i, ";") && !at(w, i, "{") && !at(w, i, "}") && w->t[i].kind < TOKEN_DEFINE)
		if (at(w, i, "typedef"))
			return true;
	return false;
}

/* The tag of the struct whose brace opens at i; of one without, the name that a typedef gives it. */
static size_t struct_tag(const struct walk *w, size_t i)
{
	unsigned depth = 0;
	size_t k;

	for (k = i; k > 0 && w->t[k - 1].kind == TOKEN_IDENT; k--)
		if (at(w, k - 1, "struct") || at(w, k - 1, "union")) {
			while (k < i && is_attribute(&w->t[k]))
				k++;
			if (k < i)
				return k;
			break;
		}
	if (!in_typedef(w, i))
		return 0;
	for (k = i; k < w->nr; k++) {
		depth += at(w, k, "{");
		if (at(w, k, "}") && --depth == 0)
			break;
	}
	for (k++; k < w->nr && w->t[k].kind == TOKEN_IDENT && is_attribute(&w->t[k]); k++)
		;
	return k < w->nr && w->t[k].kind == TOKEN_IDENT ? k : 0;
}

static void open_brace(struct walk *w, size_t i)
{
	bool is_struct = false;
	size_t k;

	for (k = i; k > 0 && w->t[k - 1].kind == TOKEN_IDENT && !is_struct; k--)
		is_struct = at(w, k - 1, "struct") || at(w, k - 1, "union");
	if (w->depth < MAX_OPEN) {
		w->is_struct[w->depth] = is_struct;
		w->tags[w->depth] = is_struct ? struct_tag(w, i) : 0;
	}
	w->depth++;
}

static void add_field(struct walk *w, size_t name, bool desc)
{
	struct text_field *f;
	unsigned d = w->depth;

	/* Members of a struct without a name belong to the one around it. */
	while (d && w->is_struct[d - 1] && !w->tags[d - 1])
		d--;
	if (!d || !w->is_struct[d - 1])
		return;
	f = vec_push(&w->facts->fields);
	f->file = xstrdup(w->file);
	f->line = w->t[name].line;
	f->tag = token_text(&w->t[w->tags[d - 1]]);
	f->name = token_text(&w->t[name]);
	f->desc = desc;
	f->excluded = field_excluded(f->tag, f->file);
}

static void add_typedef(struct walk *w, size_t name, bool desc)
{
	char *text = token_text(&w->t[name]), *entry;

	entry = xasprintf("%s%s", desc ? "desc " : "", text);
	strlist_add_once(&w->facts->typedefs, entry);
	free(entry);
	free(text);
}

/* `( * name ) (` at i: the name, or 0; an array of pointers has brackets behind the name. */
static size_t pointer_name(const struct walk *w, size_t i, size_t *params)
{
	size_t name;

	if (!at(w, i, "(") || !at(w, i + 1, "*"))
		return 0;
	for (name = i + 1; at(w, name, "*") || at(w, name, "const") || at(w, name, "volatile") ||
	     (name < w->nr && w->t[name].kind == TOKEN_IDENT && is_attribute(&w->t[name]) &&
	      name + 1 < w->nr && w->t[name + 1].kind == TOKEN_IDENT); name++)
		;
	if (name >= w->nr || w->t[name].kind != TOKEN_IDENT)
		return 0;
	for (*params = name + 1; *params < w->nr && (at(w, *params, "[") || at(w, *params, "]") ||
	     w->t[*params].kind == TOKEN_NUMBER || w->t[*params].kind == TOKEN_IDENT); ++*params)
		;
	if (!at(w, *params, ")") || !at(w, *params + 1, "("))
		return 0;
	++*params;
	return name;
}

/* The members declared behind a type at i: `*x, y[2];` */
static void declarators(struct walk *w, size_t i, bool desc)
{
	for (;;) {
		while (at(w, i, "*") || at(w, i, "const"))
			i++;
		if (i >= w->nr || w->t[i].kind != TOKEN_IDENT)
			return;
		add_field(w, i, desc);
		for (i++; i < w->nr && !at(w, i, ",") && !at(w, i, ";") && !at(w, i, "}") &&
		     w->t[i].kind < TOKEN_DEFINE; i++)
			;
		if (!at(w, i++, ","))
			return;
	}
}

/* `mmap_fn_t [*] name ;` in a struct. */
static void typedef_token(struct walk *w, size_t i)
{
	char *text, *desc;
	struct token desc_token = { 0 };

	if (!i || at(w, i - 1, ".") || at(w, i - 1, "->") ||
	    !(at(w, i + 1, "*") || at(w, i + 1, "const") || (i + 1 < w->nr && w->t[i + 1].kind == TOKEN_IDENT)))
		return;
	text = token_text(&w->t[i]);
	desc = xasprintf("desc %s", text);
	desc_token.text = desc;
	desc_token.len = (unsigned)strlen(desc);
	if (text_listed(w->typedefs, &w->t[i]))
		declarators(w, i + 1, false);
	else if (text_listed(w->typedefs, &desc_token))
		declarators(w, i + 1, true);
	free(desc);
	free(text);
}

void text_fields(const char *file, const struct lexed *l, const struct strlist *typedefs,
		 struct text_facts *facts)
{
	struct walk w = { .file = file, .t = l->tokens.items, .nr = l->tokens.nr, .typedefs = typedefs,
			  .facts = facts };
	VEC(unsigned) at_if = { 0 };
	enum takes takes;
	size_t i, name, params;

	for (i = 0; i < w.nr; i++) {
		if (at(&w, i, "{")) {
			open_brace(&w, i);
		} else if (at(&w, i, "}")) {
			w.depth -= w.depth > 0;
		} else if (w.t[i].kind == TOKEN_IF) {
			*vec_push(&at_if) = w.depth;
		} else if (w.t[i].kind == TOKEN_ELSE && at_if.nr) {
			/* What a branch closed is open again in the next one, as it was. */
			w.depth = at_if.items[at_if.nr - 1];
		} else if (w.t[i].kind == TOKEN_ENDIF && at_if.nr) {
			at_if.nr--;
		} else if (w.depth > MAX_OPEN) {
			continue;
		} else if ((name = pointer_name(&w, i, &params))) {
			params = parameters(&w, params, &takes);
			if (!params)
				continue;
			if (takes == TAKES_NOTHING)
				;
			else if (in_typedef(&w, i) && !(w.depth && w.is_struct[w.depth - 1]))
				add_typedef(&w, name, takes == TAKES_DESC);
			else if (w.depth && w.is_struct[w.depth - 1])
				add_field(&w, name, takes == TAKES_DESC);
			/* What its own parameters are is no member. */
			if (w.depth && w.is_struct[w.depth - 1])
				i = params;
		} else if (w.t[i].kind == TOKEN_IDENT && at(&w, i + 1, "(") && !w.depth && in_typedef(&w, i)) {
			/* A typedef of the function itself. */
			params = parameters(&w, i + 1, &takes);
			if (params && takes != TAKES_NOTHING && at(&w, params + 1, ";"))
				add_typedef(&w, i, takes == TAKES_DESC);
		} else if (w.t[i].kind == TOKEN_IDENT && w.depth && w.is_struct[w.depth - 1] && typedefs) {
			typedef_token(&w, i);
		}
	}
	vec_free(&at_if);
}

void text_scan_fields(const char *file, const char *text, size_t len, const struct text_query *q,
		      struct text_facts *facts)
{
	struct lexed l = { 0 };

	lex(text, len, &l);
	text_fields(file, &l, q->typedefs, facts);
	lexed_free(&l);
}
