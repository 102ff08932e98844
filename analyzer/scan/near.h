/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_SCAN_NEAR_H
#define MMAPCONV_SCAN_NEAR_H

#include "tree/search.h"

/*
 * Functions of the tree whose "file:name" is close to a selection that names nothing: the same name in
 * another file, a name of this file that differs little.  here: more functions of that file, or NULL.
 * Nearest first, at most five.
 */
void scan_near(const struct search *s, const char *wanted, const struct strlist *here, struct strlist *near);

/* How many letters have to be changed, put in or left out to make b of a; more than `most` is most + 1. */
unsigned edit_distance(const char *a, const char *b, unsigned most);

#endif
