/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A C file as bytes, code tokens and comments, with their places: what the comparison of asked and
 * changed works on.  Unlike tree/lex.h it keeps comments, directives and offsets.
 */
#ifndef MMAPCONV_CONVERSIONS_SOURCE_H
#define MMAPCONV_CONVERSIONS_SOURCE_H

#include "base/mem.h"

enum ctoken_kind { C_IDENT, C_NUMBER, C_STRING, C_PUNCT };

struct ctoken {
	enum ctoken_kind kind;
	bool directive;			/* stands in a preprocessor line */
	bool bol;			/* the '#' that begins one */
	unsigned line;
	size_t off, len;		/* bytes of the text */
};

struct ccomment {
	unsigned line;
	size_t off, len;
};

struct source {
	char *text;			/* owned, NUL-terminated */
	size_t len;
	VEC(struct ctoken) tokens;
	VEC(struct ccomment) comments;
};

/* Takes over text (from strbuf_detach() or xstrdup()). */
void source_init(struct source *s, char *text, size_t len);
void source_free(struct source *s);

bool ctoken_is(const struct source *s, size_t i, const char *text);	/* false past the end */
/* Token i of a and token j of b have the same bytes. */
bool ctoken_same(const struct source *a, size_t i, const struct source *b, size_t j);
char *ctoken_text(const struct source *s, size_t i);			/* caller frees */
/* Does token i name the function or variable `name`: no struct tag, no field? */
bool ctoken_names(const struct source *s, size_t i, const char *name);
/* Is there such a token? */
bool source_has(const struct source *s, const char *name);
/* The same code tokens in the same order?  Else *line is the line in a of the first difference. */
bool source_same_code(const struct source *a, const struct source *b, unsigned *line);
/* The index of the token that closes the bracket at i, or tokens.nr. */
size_t source_close(const struct source *s, size_t i);
/* The comment's words with single spaces, without its marks: caller frees. */
char *ccomment_text(const struct source *s, const struct ccomment *c);

/* Replace [off, off + len) by text; edits of one list must not overlap. */
struct edit { size_t off, len; char *text; };
VEC_DECLARE(edits, struct edit);

void edits_add(struct edits *e, size_t off, size_t len, char *text);	/* takes over text */
/* The text with all edits done; caller frees.  The edits may come in any order. */
char *edits_apply(struct edits *e, const char *text, size_t len, size_t *new_len);
void edits_free(struct edits *e);

bool is_c_identifier(const char *s);
/* The column (from 0) of off in its line, tabs to eight. */
unsigned text_column(const char *text, size_t off);
size_t text_line_start(const char *text, size_t off);
/* The offset of the line's newline, or the text's end. */
size_t text_line_end(const char *text, size_t len, size_t off);

#endif
