/* SPDX-License-Identifier: GPL-2.0-only */
/* One handler of a kernel: loaded, run, predicted. */
#ifndef GENERATOR_REAL_HANDLER_H
#define GENERATOR_REAL_HANDLER_H

#include "predict.h"
#include "real.h"

struct real_job {
	const char *root, *file, *function, *object;
	const struct compile_command *command;
	unsigned runs;
	uint64_t seed;
	bool verbose;
};

/* Plain numbers and text: a child fills it in in shared memory. */
struct real_result {
	unsigned runs, crashed, hung, verdicts[VERDICT_NR], errors, zeros, paths, calls;
	bool complete; /* the contract has no unmodelled path */
	char why[200]; /* why it did not run, or the first mismatch; "" */
	char open[80]; /* what was left open first */
};

/* In a process of its own.  0 or -errno with r->why. */
int real_handler(const struct real_job *j, struct real_result *r);

#endif
