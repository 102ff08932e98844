/* SPDX-License-Identifier: GPL-2.0-only */
/* Pairs of random handlers: what the proof says of them, beside what they do. */
#ifndef GENERATOR_TWINS_H
#define GENERATOR_TWINS_H

#include "trial.h"

/* Plain numbers: a child process fills it in in shared memory. */
struct twin_totals {
	unsigned verdicts[4];		/* by enum prove_verdict */
	unsigned runs, wrong;		/* of pairs that were called equal; pairs that were not */
	unsigned uncompiled;		/* batches that a change keeps from compiling */
};

/* One batch, in this process.  Pairs that were called equal and are not are printed.  0 or -errno. */
int twins_run(const struct trial *t, struct twin_totals *totals);

#endif
