/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside tree/search*.c: files by the hundred, looked at in parallel. */
#ifndef MMAPCONV_TREE_SEARCH_INTERNAL_H
#define MMAPCONV_TREE_SEARCH_INTERNAL_H

#include "tree/search.h"
#include "tree/words.h"

enum { SEARCH_MAX_TOKENISED = 4 << 20 };	/* bytes; a larger one with handlers in it is reported */

/* What one task found. */
struct part {
	struct text_facts facts;
	struct strlist candidates, vma_files;
	VEC(struct search_problem) problems;
};

enum search_pass {
	PASS_FIELDS,			/* headers: which fields there are */
	PASS_TYPEDEFS,			/* headers: fields whose type is a typedef */
	PASS_HEADERS, PASS_MACROS, PASS_SOURCES, PASS_RUST,
};

struct job {
	const struct tree *tree;
	const struct strlist *files;
	enum search_pass pass;
	struct text_query q;
	const struct strlist *fields;	/* "tag.name" of q.fields, of headers only */
	const struct words *words;	/* a file without any of these is not looked at in this pass */
	struct part *parts;
};

/* Run the job's pass over its files and add what it finds to out. */
int search_run(struct job *job, unsigned jobs, struct search *out);

/* search_macros.c: fill in out->macros and out->fills from headers. */
int search_macros(struct job *job, unsigned jobs, struct search *out);
void search_free_fills(struct search *s);

#endif
