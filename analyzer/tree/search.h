/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text search over a tree: which fields can hold handlers, which files have to be read by
 * libclang, and what the text of all branches says about handlers.  Parallel; the result does not
 * depend on the number of workers.
 */
#ifndef MMAPCONV_TREE_SEARCH_H
#define MMAPCONV_TREE_SEARCH_H

#include "tree/text.h"
#include "tree/tree.h"

struct cache;
struct search_problem { char *file, *text; };

struct search {
	struct text_facts facts;	/* of the whole tree, in order of file, then line */
	struct strlist fields;		/* "tag.name" of both tiers' fields, sorted */
	struct strlist hooks;		/* "tag.name" of fields that take a descriptor, sorted */
	struct strlist names;		/* of the fields, without their tags, sorted */
	struct strlist macros;		/* macros of headers that name a field, directly or through
					 * another, sorted */
	struct text_fills fills;	/* what those fill in, sorted by macro */
	struct strlist candidates;	/* .c files that libclang has to read for what they install, sorted */
	struct strlist vma_files;	/* files that were tokenised, sorted */
	VEC(struct search_problem) problems;	/* files and folders that could not be read */
	unsigned files;			/* .c, .h and .rs files looked at */
	struct strlist sources, headers, rust;	/* .c, .h and .rs files, sorted */
	struct strlist makefiles;	/* what kbuild reads, sorted */
};

/*
 * Search the tree, without Documentation, tools and scripts.  cache: may be NULL.  Returns 0, -EINTR, or another
 * negative errno after a message.  What cannot be read is in problems.  search_free() frees.
 */
int search_tree(const struct tree *t, struct cache *cache, unsigned jobs, struct search *out);
void search_free(struct search *s);

/*
 * Where the identifiers in names (sorted) are used in the tokenised files; sorted by file, line.  Fills
 * in uses, which text_uses_free() frees, after an error too.  cache: may be NULL.  Returns 0, -EINTR, or
 * another negative errno of a file that cannot be read.
 */
int search_uses(const struct tree *t, const struct search *s, struct cache *cache, unsigned jobs,
		const struct strlist *names, struct text_uses *uses);

/* The same for what the functions in names are called with in these files; text_arguments_free() frees. */
int search_arguments(const struct tree *t, const struct strlist *files, struct cache *cache, unsigned jobs,
		     const struct strlist *names, struct text_arguments *out);

/*
 * Search all files again: in files that hold one of words, for what q names.  facts:
 * zeroed by the caller, in order of file, then line; text_facts_free() frees, after an error too.  q->fields
 * and q->structs have to be there.  cache: may be NULL.  Returns 0, or -EINTR.  What cannot be read is among
 * s->problems already.
 */
int search_more(const struct tree *t, const struct search *s, struct cache *cache, unsigned jobs,
		const struct text_query *q, const struct strlist *words, struct text_facts *facts);

/* A table that text says is no struct file_operations. */
bool search_other_struct(const struct text_site *s);

/* Can the site be one of a field in s->fields: is its struct one of theirs, or not known here? */
bool search_is_field(const struct search *s, const struct text_site *site);

#endif
