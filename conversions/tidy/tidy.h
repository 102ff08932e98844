/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * After the rewrite: what a maintainer would still straighten.  Only white space and comments
 * change, but for needless parentheses and braces, and a declaration that a header may need.
 */
#ifndef MMAPCONV_CONVERSIONS_TIDY_H
#define MMAPCONV_CONVERSIONS_TIDY_H

#include "rewrite/source.h"

struct tidy {
	const char *old_name, *new_name;
	const struct source *before;	/* the file as it was, for what is old and may stay */
	bool is_header;
};

/*
 * text as merge_file() made it -> its tidied form; caller frees.  When a step would have changed
 * code, its result is not used.
 */
char *tidy_text(const struct tidy *t, const char *text, size_t len, size_t *new_len);

/* The steps: each appends edits of s. */
void tidy_comments(const struct tidy *t, const struct source *s, struct edits *e);
void tidy_space(const struct tidy *t, const struct source *s, struct edits *e);
void tidy_layout(const struct tidy *t, const struct source *s, struct edits *e);
/* Drops code tokens: a needless pair of parentheses. */
void tidy_parentheses(const struct tidy *t, const struct source *s, struct edits *e);
/* Drops the braces around what became one line below a condition of one line. */
void tidy_braces(const struct tidy *t, const struct source *s, struct edits *e);
void tidy_long_lines(const struct tidy *t, const struct source *s, struct edits *e);
/* A header that only declares `struct vm_area_struct;` needs the descriptor's name as well. */
void tidy_forward(const struct tidy *t, const struct source *s, struct edits *e);

/* The hook's definitions in s; freed with vec_free(). */
struct regions;
void tidy_hooks(const struct tidy *t, const struct source *s, struct regions *out);

#endif
