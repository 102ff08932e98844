/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside tree/text*.c: the state of one pass over a file's tokens. */
#ifndef MMAPCONV_TREE_TEXT_SCAN_H
#define MMAPCONV_TREE_TEXT_SCAN_H

#include "tree/lex.h"
#include "tree/text.h"

enum frame_kind { FRAME_INIT, FRAME_ARRAY, FRAME_BLOCK };

/* An open brace. */
struct frame {
	enum frame_kind kind;
	char *tag, *name;		/* of the object being initialised */
	bool is_static;
	const char *how;
};
VEC_DECLARE(frames, struct frame);

/* What was open at an #if: every branch starts there. */
struct at_if { struct frames frames; size_t function; };

struct scan {
	const char *file;
	const struct lexed *l;
	const struct token *t;		/* l->tokens.items */
	size_t nr;
	struct frames frames;
	VEC(struct at_if) at_if;
	const struct text_query *q;
	const struct strlist *fields;	/* q's and the file's own */
	const struct strlist *params;	/* of the macro whose body this is, in their order */
	bool macros_only;		/* the rest of the file was looked at before */
	size_t function;		/* 1 + index of the definition in whose body it is, or 0 */
	size_t compact_at;		/* names at which its list is tidied */
	struct text_facts *facts;
};

static inline struct frame *text_top(struct scan *s)
{
	return s->frames.nr ? &s->frames.items[s->frames.nr - 1] : NULL;
}

/* The index of the bracket that opens what closes at i, or 0 if there is none. */
size_t text_match_back(const struct scan *s, size_t i);
/* The index of the parenthesis that closes the one at i, or 0. */
size_t text_match_forward(const struct scan *s, size_t i);

/* Is the token in a sorted list? */
bool text_listed(const struct strlist *sorted, const struct token *t);

/* Which parameter of the macro this is, from 1; 0: none. */
unsigned text_parameter(const struct scan *s, const struct token *t);

/* text_sites.c: a field's name, or a macro's, at i; macro: the one in whose body that is, or NULL. */
void text_field_token(struct scan *s, size_t i, const char *macro);
void text_macro_token(struct scan *s, size_t i, const char *macro);

/* A name at i: may it be the value of a field without naming it? */
void text_value_token(struct scan *s, size_t i);

/* text_macros.c: of the macro whose line was lexed: its parameters, what of q it names. */
void text_macro_parameters(const struct lexed *line, struct strlist *params);
void text_macro_uses(struct scan *s, const struct lexed *line);
/* text.c: the `#define` at i, as text_macro_uses() and for what its body fills in. */
void text_define(struct scan *s, size_t i);

/* text_functions.c: `name (` at file scope; a brace that opens or closes; a name in a body. */
void text_function_token(struct scan *s, size_t i);
void text_function_null(struct scan *s, size_t i, const char *name, size_t len);
void text_function_name(struct scan *s, size_t i);
void text_function_end(struct scan *s);

/* text_swaps.c */
void text_copy_token(struct scan *s, size_t i);
void text_swap_token(struct scan *s, size_t i);

/* text_fields.c: the fields and typedefs of a file, to facts. */
void text_fields(const char *file, const struct lexed *l, const struct strlist *typedefs,
		 struct text_facts *facts);

#endif
