/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who hands a vma to whom, as far as the text says it: a graph of the functions that take one, by
 * the names in their bodies.  It holds ways that are none and misses none between functions that
 * take a vma; it serves to choose what libclang has to read.
 */
#ifndef MMAPCONV_SCAN_DISPATCH_H
#define MMAPCONV_SCAN_DISPATCH_H

#include "tree/search.h"

struct dispatch;

/* s must outlive it.  dispatch_free() frees. */
struct dispatch *dispatch_new(const struct search *s);
void dispatch_free(struct dispatch *d);

/* Can a call through one of s->fields be reached from the body of this function? */
bool dispatch_leads_on(const struct dispatch *d, const char *file, const char *function);

/*
 * The functions on the ways from the definitions of `function` that can be meant in `file` to a
 * call through a field, themselves included: each is given to fn once, however often this is
 * called.  Functions of headers are passed through and not given.
 */
void dispatch_follow(struct dispatch *d, const char *file, const char *function,
		     void (*fn)(const struct text_function *f, void *ctx), void *ctx);

/* The definitions of a name that can be meant in a file, one after the other; NULL: no more.
 * *at is 0 at first. */
const struct text_function *dispatch_definition(const struct dispatch *d, const char *file,
						const char *function, size_t *at);

#endif
