/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was asked of spatch against what it changed, token by token; and the new text: the handler's
 * definitions from spatch's output, all else from the old text with only the asked tokens replaced.
 * So nothing outside can change by accident, and layout and comments there stay as they were.
 */
#ifndef MMAPCONV_CONVERSIONS_MERGE_H
#define MMAPCONV_CONVERSIONS_MERGE_H

#include "rewrite/source.h"

/* One file of one handler: what is asked, and what came of it. */
struct merge {
	const char *file;		/* relative, for messages */
	const char *old_name, *new_name;
	bool is_helper;			/* old_name is new_name; only its vma parameter is exchanged */
	unsigned definitions;		/* asked: with a body */
	unsigned null_defines;		/* asked: #define old_name … */
	unsigned fields;		/* asked: .mmap = old_name */
	unsigned declarations;		/* asked: at least so many; spatch changes all of them */
	char *text;			/* out: the new text, owned by the caller */
	size_t len;
	struct strlist *differences;	/* out: appended, or NULL */
	char *error;			/* out, on failure: "file:line: text", owned by the caller */
};

/*
 * before: the text that spatch was given; after: what it wrote (the same text when it changed
 * nothing).  Returns 0, or -EINVAL with error set.
 */
int merge_file(struct merge *m, const struct source *before, const struct source *after);

/*
 * merge_align.c: `FIELD<space>=<space>VALUE` for other names, aligned as those at these tokens are.
 * Caller frees.
 */
char *merge_field_text(const struct source *s, size_t field, size_t equals, size_t value,
		       const char *new_field, const char *new_name);

/* merge_losses.c: comments and messages of the old body that the new one lacks, as differences. */
int merge_losses(struct merge *m, const struct source *before, size_t a0, size_t a1,
		 const struct source *after, size_t b0, size_t b1);

#endif
