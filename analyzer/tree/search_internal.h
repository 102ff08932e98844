/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside tree/search*.c: files by the hundred, looked at in parallel. */
#ifndef MMAPCONV_TREE_SEARCH_INTERNAL_H
#define MMAPCONV_TREE_SEARCH_INTERNAL_H

#include "cache/cache.h"
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
	PASS_MORE,			/* search_more() */
};

/* Neighbouring files of a list, which are looked at together and kept in the cache together. */
struct chunk {
	size_t first, nr;
	struct cache_key stamps;
	bool old;			/* what is found may be kept: stamp_is_old() of all of them */
};
struct chunks {
	const struct strlist *files;
	VEC(struct chunk) list;
};

struct job {
	const struct tree *tree;
	struct cache *cache;
	const struct chunks *chunks;
	enum search_pass pass;
	struct text_query q;
	const struct strlist *fields;	/* "tag.name" of q.fields, of headers only */
	const struct strlist *word_list;	/* a file without any of these is not looked at in this pass */
	const struct words *words;	/* they, compiled */
	struct part *parts;
	bool *known;			/* parts[i] came from the cache */
};

/* search_chunks.c: with the files' stamps, if there is a cache. */
void chunks_new(const struct tree *t, const struct strlist *files, const struct cache *cache, unsigned jobs,
		struct chunks *chunks);
void chunks_free(struct chunks *chunks);

/* search_kept.c: get the parts that the cache knows; keep those that it did not. */
void search_recall(struct job *job);
void search_keep(struct job *job);
void part_free(struct part *part);

/* Run the job's pass over its files and add what it finds to out. */
int search_run(struct job *job, unsigned jobs, struct search *out);

/* search_macros.c: fill in out->macros and out->fills from headers. */
int search_macros(struct job *job, unsigned jobs, struct search *out);
void search_free_fills(struct search *s);

#endif
