/* SPDX-License-Identifier: GPL-2.0-only */
/* What a rule file says of itself in its head: what it does, when, its limits, what it needs. */
#ifndef MMAPCONV_CONVERSIONS_REWRITE_RULE_TEXT_H
#define MMAPCONV_CONVERSIONS_REWRITE_RULE_TEXT_H

#include "base/mem.h"
#include "tree/tree.h"

struct rule_text {
	char *name;			/* of the file, without .cocci */
	char *summary;			/* the line behind "///", spaces single */
	char *what, *when, *limits;	/* each one paragraph; never NULL once read */
	char *confidence;		/* "High", "Moderate", "Low" */
	struct strlist needs;		/* keys of api_table */
	struct strlist lacks;		/* of what makes the rule superfluous: an older form is written */
};
VEC_DECLARE(rule_texts, struct rule_text);

/*
 * Read the head of one rule file.  path: for messages.  -EINVAL after a message: a part is missing, or
 * "Needs:" names no key of api_table.  rule_text_free() frees in either case.
 */
int rule_text_read(struct rule_text *t, const char *path, const char *text);
void rule_text_free(struct rule_text *t);

/* Does the rule serve the tree?  Else *why is the first key that it lacks, or has and should not. */
bool rule_text_serves(const struct rule_text *t, const struct tree *tree, const char **why);

/*
 * All rules of DIR/ORDER, in that order; with their texts where texts is not NULL (the caller frees each).
 * 0 or a negative errno (message printed).  rule_texts_free() frees.
 */
int rule_texts_read(struct rule_texts *list, struct strlist *texts, const char *dir);
void rule_texts_free(struct rule_texts *list);

#endif
