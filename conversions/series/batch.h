/* SPDX-License-Identifier: GPL-2.0-only */
/* Postings: drivers of one maintainer's tree, in the order in which they apply. */
#ifndef MMAPCONV_CONVERSIONS_SERIES_BATCH_H
#define MMAPCONV_CONVERSIONS_SERIES_BATCH_H

#include "series/driver.h"

struct batch {
	char *name;			/* of its folder: "char-misc" */
	size_t key;			/* batches of one key are parts of one whole */
	char *tree, *subsystem;		/* as in MAINTAINERS; NULL: none */
	VEC(struct driver *) drivers;	/* its patches, in order */
	VEC(struct driver *) before;	/* of earlier postings, in order: this one stands on them */
	VEC(struct batch *) on;		/* those postings */

	unsigned version;
	char *change_id, *branch;
	char *base;			/* the commit that it stands on; NULL: the tree is no git checkout */
	char *id;			/* of the first mail */
	char *subject;			/* of the cover */
	struct strbuf cover, bundle;	/* the cover mail, empty for a single patch; the branch */
	struct strlist changes;		/* since the version before, one a line */
	char *older_changes;		/* what that version said of its own */
	char *range_diff;
	char *old_id;			/* first mail of the version before */
	unsigned old_patches;		/* how many it had */
	struct recipients to, cc;
	char *failed;			/* why nothing of it is written, or NULL */
};
VEC_DECLARE(batches, struct batch);

/*
 * Put the selected drivers into batches of at most max each, at most limit drivers in all (0: no limit).
 * A driver whose prerequisites go in a circle is left out.
 */
void batches_make(struct batches *b, struct drivers *d, unsigned max, unsigned limit);
void batches_free(struct batches *b);

/* "gregkh/char-misc.git" → "char-misc"; "TEE SUBSYSTEM" → "tee-subsystem".  Caller frees. */
char *batch_name_of_tree(const char *tree);
char *batch_name_of_text(const char *text);

#endif
