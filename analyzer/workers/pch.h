/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside workers/: precompiled headers.  One serves all files that are compiled alike: same
 * architecture and options but for folders of their own, macros that no header in it asks for, and
 * the module's name.  It can only save time: a file that it does not suit is read without.
 *
 * Those of a kbuild folder are kept in it, below mmapconv-pch/, for later runs.
 */
#ifndef MMAPCONV_WORKERS_PCH_H
#define MMAPCONV_WORKERS_PCH_H

#include "workers/workers.h"

enum pch_set { PCH_DEVICES, PCH_NETWORK };

/* A precompiled header that is there. */
struct pch {
	char *path;
	struct strlist includes;	/* absolute paths of what it was made from */
	struct strlist tested;		/* identifiers in #if lines of those, sorted */
	char *defined;			/* macros that they define: "\nNAME\nNAME\n" */
};
void pch_free(struct pch *p);

/* pch.c: make or find the headers for these requests; never fails. */
struct pchs;
struct pchs *pchs_new(const struct tree *t, const struct read_request *requests, size_t nr,
		      const struct read_options *opt);
void pchs_free(struct pchs *p);
/* The one that request i is to use, or NULL. */
const struct pch *pchs_of(const struct pchs *p, size_t i);

/* pch_headers.c: which set a file wants, and the set as text; the caller frees. */
enum pch_set pch_set_of(const char *file, const char *text);
char *pch_header_text(const char *root, enum pch_set set);

/*
 * pch_args.c: the arguments of a command that a precompiled header for it needs.  Headers of two
 * commands with equal lists are interchangeable.
 */
void pch_args(const struct read_request *r, const char *root, struct strlist *args);
/* Has `more` all of `args` in the same order, and beside them macros only?  Their names go to names. */
bool pch_args_extend(const struct strlist *args, const struct strlist *more, struct strlist *names);

/* pch_macros.c: identifiers in the #if lines of a header or a source. */
void pch_tested(const char *text, size_t len, struct strlist *names);
/* Append the macros that a header defines, each followed by '\n'. */
void pch_header_macros(const char *text, size_t len, struct strbuf *names);
/* Macros that a file defines or undefines before its last #include, but for those of its messages. */
void pch_source_macros(const char *text, struct strlist *names);

/* pch_file.c: is the header at path whole and up to date?  Then fill in p. */
bool pch_load(const char *path, struct pch *p);
/* Write what pch_load() needs beside the header at path.  0 or a negative errno. */
int pch_finish(const char *path, const struct strlist *includes, struct pch *p);
/* pch_make.c: have a worker make it.  0 or a negative errno. */
int pch_make(const char *path, const char *header, const struct strlist *args, const char *cwd,
	     unsigned timeout_s, struct pch *p);

#endif
