/* SPDX-License-Identifier: GPL-2.0-only */
/* What term_text.c and term_text_leaf.c share: the text so far, and how names and constants go into it. */
#ifndef MMAPCONV_CONTRACT_TERM_TEXT_H
#define MMAPCONV_CONTRACT_TERM_TEXT_H

#include "contract/term_internal.h"

struct text {
	const struct terms *terms;
	const struct flag_names *flags;		/* or NULL */
	struct strbuf out;
	unsigned depth;
	bool cut;				/* something was left out */
};

/* A name from the tree: what is no UTF-8 and no printable character becomes '?'. */
void text_name(struct text *x, const char *name);
/* Small ones decimal, others hexadecimal. */
void text_number(struct text *x, uint64_t value);
/* By its type; tight: a sign in front needs parentheses. */
void text_constant(struct text *x, const struct term *c, bool tight);
/* Is this the request's flags, or masks of them? */
bool text_is_flags(const struct terms *t, term_t a);
/* As VM_A | VM_B or ~VM_A, if all bits have names; paren: around more than one. */
bool text_flags(struct text *x, uint64_t value, unsigned width, bool paren);
/* At most max bytes, then "…", also where x->cut says that something is missing. */
void text_cut(struct text *x, size_t max);

#endif
