/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Child processes: an argument vector, never a shell; each in its own process group, with a time
 * limit and a limit on what is kept of its output.  Thread-safe.  run_interrupt() (from a signal
 * handler) makes every running child group end and every later run() fail with -EINTR.
 */
#ifndef MMAPCONV_BASE_RUN_H
#define MMAPCONV_BASE_RUN_H

#include "base/mem.h"

struct run_request {
	const char *const *argv;	/* NULL-terminated; argv[0] is looked up in PATH */
	const char *cwd;		/* NULL: ours */
	const char *const *env;		/* NULL-terminated NAME=value, set over ours; may be NULL */
	const char *input;		/* standard input, input_len bytes; NULL: /dev/null */
	size_t input_len;
	unsigned timeout_s;		/* seconds; 0: 600 */
	size_t max_output;		/* bytes kept of each stream; 0: 16 MiB; the rest is drained */
};

struct run_result {
	int exit_code;			/* 0..255, or -1 when it was killed or timed out */
	int signal;			/* the signal that ended it, or 0 */
	bool timed_out;
	struct strbuf out, err;
};

/*
 * Run and wait.  Returns 0 when the child ran (whatever its status), -ENOENT when the program is
 * not there, -ENOTDIR when cwd is not, -EINTR on run_interrupt(), another negative errno when it
 * could not be started.  Processes that the child leaves behind in its group are killed.
 * run_result_free() frees the result in every case.
 */
int run(const struct run_request *req, struct run_result *res);
void run_result_free(struct run_result *res);

void run_interrupt(void);		/* async-signal-safe */
bool run_interrupted(void);

/* Is PROGRAM found in PATH and executable? */
bool run_have(const char *program);
char *run_find(const char *program);		/* its path, NULL: none; caller frees */

/*
 * Call fn(i, ctx) for i in 0..nr-1 from up to `workers` threads, in order of i as they come free.
 * Returns the first negative result by index (all are still called, unless interrupted).
 */
int run_parallel(size_t nr, unsigned workers, int (*fn)(size_t i, void *ctx), void *ctx);

#endif
