/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside prove/: a loop that page_loop_find.c found to be one population, for page_loop.c. */
#ifndef MMAPCONV_PROVE_PAGE_LOOP_H
#define MMAPCONV_PROVE_PAGE_LOOP_H

#include "prove/internal.h"

enum { PAGE_LOOP_PLACES = 16 };

struct page_loop {
	struct import *i;
	struct solver *s;
	size_t at; /* of the loop in i->own */
	const struct effect *loop, *call;
	const struct passes *p;
	const struct pass_way *again, *left, *done;
	struct term_list conditions;	 /* when the loop begins */
	bool is_moved[PAGE_LOOP_PLACES]; /* a pass adds step to it */
	int64_t step[PAGE_LOOP_PLACES];
	term_t k, nr, start, array; /* number of a pass, of all; array: or the first PFN */
	term_t prot;		    /* of the pages */
};

/* The loop of a path whose trace is t: false, or all of *f; f->conditions are the caller's to free in any case. */
bool page_loop_find(struct page_loop *f, const struct trace *t);

/* Place n when pass k begins. */
term_t page_loop_place(const struct page_loop *f, size_t n, term_t k);
/* Pass k, which takes a way, with r the result of the call; page_loop_end() ends it. */
void page_loop_begin(const struct page_loop *f, const struct pass_way *way, term_t k, term_t r,
		     struct presets *presets, struct import *w);
void page_loop_end(struct presets *presets, struct import *w);
/* Does a term of the pass depend on a place that passes do not move by a constant? */
bool page_loop_is_other(const struct page_loop *f, struct import *w, term_t a);

static inline struct ctype page_loop_word(const struct page_loop *f)
{
	return (struct ctype){ .kind = CTYPE_INT, .bits = f->i->to->pointer_bits };
}

/* How many pages the mapping has. */
static inline term_t page_loop_pages(const struct page_loop *f)
{
	struct ctype word = page_loop_word(f);
	struct terms *t = f->i->to;
	term_t size = term_op(t, TERM_SUB, term_symbol(t, "end", word), f->start, word);

	return term_op(t, TERM_LSHR, size, term_const(t, t->page_shift, ctype_int), word);
}

#endif
