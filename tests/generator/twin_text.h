/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts of twins: what a random handler is compared with. */
#ifndef GENERATOR_TWIN_TEXT_H
#define GENERATOR_TWIN_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* How many places of it can be changed: a number, an operator, a name. */
size_t twin_nr_changes(const char *text);
/* The n-th of them is; NULL: there are not so many.  Caller frees. */
char *twin_change(const char *text, size_t n, uint64_t *random);
/* The functions of a handler's text under another name: h3_… is g3_…, but for its data, which both have. */
char *twin_renamed(const char *text, unsigned number);

#endif
