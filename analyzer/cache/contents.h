/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What files contain, as hashes.  A file is read again only when its stamp changed: a table of stamps
 * and hashes is kept in the cache.
 */
#ifndef MMAPCONV_CACHE_CONTENTS_H
#define MMAPCONV_CACHE_CONTENTS_H

#include "base/stamp.h"
#include "cache/cache.h"

struct contents;

/* name: of the table; trees have one each.  Both are kept by reference. */
struct contents *contents_open(struct cache *c, const char *name);
void contents_close(struct contents *t);

struct content { struct stamp stamp; uint64_t hash; };

/*
 * The content of a file, by absolute path, as it was at the first call since contents_again().  NULL: it
 * cannot be read.  Valid until the next call.
 */
const struct content *contents_of(struct contents *t, const char *path);
/* Look at all files anew. */
void contents_again(struct contents *t);

#endif
