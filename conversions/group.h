/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside conversions/: one run of convert_handlers(), and its jobs that share files. */
#ifndef MMAPCONV_CONVERSIONS_GROUP_H
#define MMAPCONV_CONVERSIONS_GROUP_H

#include <stdatomic.h>

#include "overlay.h"
#include "plan.h"
#include "rewrite/answers.h"

struct convert {
	const struct tree *tree;
	struct flags_db *flags;
	const struct convert_options *opt;
	struct plan plan;
	struct rules rules;
	struct answers *answers;
	struct author author;
	char *objects;			/* of the tree's git checkout, or NULL */
	char *work;			/* OUT/work */
	atomic_ulong done;		/* jobs, for the progress */
};

/*
 * Convert the jobs of group i that have not failed, in an overlay of their own: a job has a mail afterwards, or
 * has failed.  ctx: the struct convert.  0, or a negative errno that ends the run.
 */
int convert_group(size_t i, void *ctx);

#endif
