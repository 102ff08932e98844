/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside workers/: readings of other runs.  A reading is found by its request and by what the file and
 * all that it included contain.
 *
 * An #include can also change its meaning when a header appears in a folder that is searched earlier: so
 * the names of all headers of the tree that are called alike count, and for a file that lacked a header
 * the names of all.  (What appears in a kbuild folder is not looked for: those are made by us.)
 */
#ifndef MMAPCONV_WORKERS_KEPT_H
#define MMAPCONV_WORKERS_KEPT_H

#include "workers/workers.h"

/* True when r was filled in. */
bool kept_find(struct kept *k, const struct read_request *q, struct reading *r);
/*
 * Remember a reading.  files: what was read for it, absolute; pch: what the precompiled header that
 * served was made from, or NULL.  started: when reading began, of stamp_now(); files that were changed
 * later or just before are no ground to remember anything.
 */
void kept_add(struct kept *k, const struct read_request *q, const struct reading *r, const struct strlist *files,
	      const struct strlist *pch, uint64_t started);
/* Look at all files anew. */
void kept_again(struct kept *k);

#endif
