/* SPDX-License-Identifier: GPL-2.0-only */
/* Two functions of a batch that the proof has compared, run beside each other. */
#ifndef GENERATOR_PAIR_RUN_H
#define GENERATOR_PAIR_RUN_H

#include "prove/prove.h"
#include "trial.h"

/* Plain numbers: a child process fills it in in shared memory. */
struct pair_totals {
	unsigned verdicts[4];		/* by enum prove_verdict */
	unsigned runs, wrong;		/* runs; pairs that were called equal and are not */
	unsigned shown;			/* of those that were called different: so many were seen to be */
	unsigned uncompiled;		/* batches that a change keeps from compiling */
};

struct pair {
	const struct trial *t;
	const struct loaded *l;
	struct handler *h;		/* the old one; its hints grow by the witness's */
	const char *other;		/* the new one */
	bool hook;			/* is a hook: the core goes on behind it */
	const char *again;		/* the options that make this batch again */
	const struct proof *p;
};

/*
 * Equal, equal-but: run both, and print what is not the same but for the differences that the proof names.  Differs: run
 * both until it shows.
 */
void pair_judge(const struct pair *k, struct pair_totals *totals);

#endif
