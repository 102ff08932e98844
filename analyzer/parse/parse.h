/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parsing: files in, facts out.  libclang runs in worker processes (this program, started again as
 * `mmapconv parse-worker`), so that a crash or a hang costs one file.
 */
#ifndef MMAPCONV_PARSE_PARSE_H
#define MMAPCONV_PARSE_PARSE_H

#include "parse/facts.h"
#include "tree/flags.h"
#include "tree/tree.h"

struct parse_request {
	const struct arch *arch;
	char *file;				/* relative to the tree */
	const struct compile_command *command;
	struct strlist functions;		/* to lower, beside those that sites name */
};

struct parse_options {
	unsigned jobs;
	unsigned timeout_s;			/* a file; 0: 60 */
	bool no_pch;
};

/*
 * Parse all requests; units[i] answers requests[i] whatever the order in which workers finish.  A
 * file whose worker crashed, hung or ran out of memory has status UNIT_FAILED and an error that
 * says so.  Returns 0, -EINTR, or a negative errno after a message when no worker can be started.
 */
int parse_files(const struct tree *t, const struct parse_request *requests, size_t nr,
		const struct parse_options *opt, struct unit *units);

/* The worker's main loop: requests on stdin, units on stdout, one JSON text a line. */
int parse_worker_main(void);

/* libclang's version, "19.1.7"; caller frees. */
char *parse_libclang_version(void);

/* Inside parse/: one file, in this process. */
struct parse_job {
	const char *root, *file, *arch, *cwd, *pch;
	struct strlist args;			/* for libclang, without the source */
	struct strlist functions;
	bool fallback;				/* flags were guessed: never better than partial */
};
void parse_file(const struct parse_job *job, struct unit *u);
/* Write a precompiled header of the text `header` to path.  0 or -EIO. */
int parse_make_pch(const char *path, const struct strlist *args, const char *header);

#endif
