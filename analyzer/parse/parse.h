/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parsing: a file in, facts out.  libclang crashes, hangs and eats memory on some files: only worker
 * processes (workers/) call parse_file().
 */
#ifndef MMAPCONV_PARSE_PARSE_H
#define MMAPCONV_PARSE_PARSE_H

#include "parse/facts.h"

/* libclang's version, "19.1.7"; caller frees. */
char *parse_libclang_version(void);

/* What a unit hangs on beside its arguments. */
struct parse_inputs {
	struct strlist files;			/* the source and what it included, absolute */
	bool pch;				/* the precompiled header served: what it was made from counts too */
};

struct parse_job {
	const char *root, *file, *arch, *cwd, *pch;
	struct strlist args;			/* for libclang, without the source */
	struct strlist functions;
	struct strlist fields;			/* sorted */
	struct strlist callbacks;		/* of vm_ops tables, to be followed as functions are */
	struct strlist instead, instead_paths;	/* files of the tree, and where the text to be read for them is */
	bool fallback;				/* flags were guessed: never better than partial */
	struct parse_inputs *inputs;		/* filled in, if not NULL */
};
/*
 * The precompiled header can only save time: what has errors with it is told to be doubtful, and no more than
 * its errors.  The caller has it read again without.
 */
void parse_file(const struct parse_job *job, struct unit *u);
/*
 * Write a precompiled header of the text `header`, one #include a line, to path; a header that has
 * errors is left out of it.  includes: the files that it was made from.  0 or -EIO.
 */
int parse_make_pch(const char *path, const struct strlist *args, const char *header, struct strlist *includes);

#endif
