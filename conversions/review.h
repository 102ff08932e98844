/* SPDX-License-Identifier: GPL-2.0-only */
/* A patch under review, applied to copies of the files that it touches.  It is not trusted. */
#ifndef MMAPCONV_CONVERSIONS_REVIEW_H
#define MMAPCONV_CONVERSIONS_REVIEW_H

#include "overlay.h"
#include "tree/tree.h"
#include "workers/workers.h"

struct review {
	struct overlay overlay;
	struct strlist files;			/* .c and .h files as they are with the patch, sorted */
	struct strlist paths;			/* where: absolute, in the same order */
	VEC(struct read_instead) instead;	/* both, for who reads them */
};

/*
 * Apply the patch in a file ("-": standard input) to the tree's files, in a folder of its own.  0, -EINTR, or another negative errno
 * after a message: it cannot be read, it leads out of the tree, it does not apply.  review_close() always.
 */
int review_open(struct review *r, const struct tree *t, const char *patch);
void review_close(struct review *r);

#endif
