/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of term_text() share: the text so far, and what goes into it. */
#ifndef MMAPCONV_CONTRACT_TERM_TEXT_H
#define MMAPCONV_CONTRACT_TERM_TEXT_H

#include "contract/term_internal.h"

struct text {
	const struct terms *terms;
	const struct flag_names *flags; /* or NULL */
	struct strbuf out;
	unsigned depth;
	bool cut; /* something was left out */
};

/*
 * Precedence of C's operators, higher binds closer.  A function's `level`: what binds less than
 * this needs parentheses there.
 */
enum {
	LEVEL_COMMA,
	LEVEL_CHOICE,
	LEVEL_LOR,
	LEVEL_LAND,
	LEVEL_OR,
	LEVEL_XOR,
	LEVEL_AND,
	LEVEL_EQ,
	LEVEL_ORDER,
	LEVEL_SHIFT,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_UNARY,
	LEVEL_POSTFIX,
};

/* term_text.c */
void text_term(struct text *x, term_t a, int level);
/* p's operands with sign between them; as p->op, or the swapped or opposite of a comparison. */
void text_binary(struct text *x, const char *sign, const struct term *p, int level);
/* The level that an operand needs. */
int text_operand_level(enum term_op outer, enum term_op inner, bool right);
/* own: the level of what stands between the two. */
void text_open(struct text *x, int own, int level);
void text_close(struct text *x, int own, int level);
/* Nothing more is to be added; remembers that something was left out. */
bool text_is_full(struct text *x);
term_t text_uncast(const struct terms *t, term_t a);
bool text_is_symbol(const struct terms *t, term_t a, const char *name);

/* term_text_condition.c: what is true or false; there x != 0 may be x. */
void text_condition(struct text *x, term_t a, int level);
void text_compare(struct text *x, struct term p, bool negated, int level);
void text_not(struct text *x, const struct term *p, int level);
/* An && or ||; what it joins is in the order in which it was looked at, mostly the source's. */
void text_junction(struct text *x, const struct term *p, const char *sign, int level);
void text_choice(struct text *x, const struct term *p, int level);

/* term_text_place.c: the object at an address, the address itself, a call, its arguments. */
void text_place(struct text *x, term_t address, int level);
void text_address(struct text *x, term_t a, int level);
void text_call(struct text *x, const struct term *p);
void text_list(struct text *x, term_t list);

/* term_text_leaf.c */

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
