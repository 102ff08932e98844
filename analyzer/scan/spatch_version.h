/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_SCAN_SPATCH_VERSION_H
#define MMAPCONV_SCAN_SPATCH_VERSION_H

struct cache;

/* "1.1.1", or NULL: there is no spatch; caller frees.  cache: may be NULL. */
char *spatch_version(struct cache *cache);

#endif
