/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text search over a tree: which files have to be read by libclang, and what the text of all
 * branches says about handlers.  Parallel; the result does not depend on the number of workers.
 */
#ifndef MMAPCONV_TREE_SEARCH_H
#define MMAPCONV_TREE_SEARCH_H

#include "tree/text.h"
#include "tree/tree.h"

struct search_problem { char *file, *text; };

struct search {
	struct text_facts facts;	/* of the whole tree, in order of file, then line */
	struct strlist macros;		/* macros that fill in a `.mmap`, directly or through another */
	struct strlist candidates;	/* .c files that libclang has to read, sorted */
	struct strlist vma_files;	/* files that were tokenised, sorted */
	VEC(struct search_problem) problems;	/* files and folders that could not be read */
	unsigned files;			/* .c, .h and .rs files looked at */
};

/*
 * Search the tree, without Documentation, tools and scripts.  Returns 0, -EINTR, or another
 * negative errno after a message.  What cannot be read is in problems.  search_free() frees.
 */
int search_tree(const struct tree *t, unsigned jobs, struct search *out);
void search_free(struct search *s);

/* Where the identifiers in names (sorted) are used in the tokenised files; sorted by file, line. */
int search_uses(const struct tree *t, const struct search *s, unsigned jobs,
		const struct strlist *names, struct text_uses *uses);

/* A table that text says is no struct file_operations. */
bool search_other_struct(const struct text_site *s);

#endif
