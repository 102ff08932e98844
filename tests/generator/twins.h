/* SPDX-License-Identifier: GPL-2.0-only */
/* Pairs of random handlers, and of a handler and a hook: what the proof says of them, beside what they do. */
#ifndef GENERATOR_TWINS_H
#define GENERATOR_TWINS_H

#include "pair_run.h"

/* One batch of two handlers, in this process.  Pairs of which the verdict is wrong are printed. */
int twins_run(const struct trial *t, struct pair_totals *totals);
/* moves.c: the same of a handler and a hook. */
int moves_run(const struct trial *t, struct pair_totals *totals);

#endif
