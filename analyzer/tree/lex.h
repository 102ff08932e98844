/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * C text to tokens, without a preprocessor: all branches of every #if are kept (but `#if 0`), each
 * token knows under which condition it stands.  Never fails: bytes that are no C are skipped.
 */
#ifndef MMAPCONV_TREE_LEX_H
#define MMAPCONV_TREE_LEX_H

#include "base/mem.h"

enum token_kind {
	TOKEN_IDENT, TOKEN_NUMBER, TOKEN_STRING, TOKEN_PUNCT,
	/* Preprocessor lines: one token each, text is the whole logical line, comments removed. */
	TOKEN_DEFINE,			/* after "#define" */
	TOKEN_IF, TOKEN_ELSE, TOKEN_ENDIF,
};

struct token {
	enum token_kind kind;
	unsigned line;
	unsigned len;			/* bytes */
	const char *text;		/* into the source; not NUL-terminated */
	unsigned condition;		/* index in lexed.conditions; 0: none */
};

struct lexed {
	VEC(struct token) tokens;
	struct strlist conditions;	/* [0] is ""; "CONFIG_MMU", "!CONFIG_MMU && X" */
};

/* Tokens point into text, which must outlive them.  lexed_free() frees. */
void lex(const char *text, size_t len, struct lexed *out);
/* The tokens of a macro's body or any other piece of one line; no preprocessor lines in it. */
void lex_line(const char *text, size_t len, unsigned line, struct lexed *out);
void lexed_free(struct lexed *l);

bool token_is(const struct token *t, const char *text);
char *token_text(const struct token *t);			/* caller frees */

#endif
