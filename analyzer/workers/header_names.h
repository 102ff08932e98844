/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside workers/: which headers a tree has, as hashes: where an #include can lead hangs on it. */
#ifndef MMAPCONV_WORKERS_HEADER_NAMES_H
#define MMAPCONV_WORKERS_HEADER_NAMES_H

#include <stdint.h>
#include "base/mem.h"

struct header_names;

/* headers: paths relative to the tree, sorted. */
struct header_names *header_names_new(const struct strlist *headers);
void header_names_free(struct header_names *h);
/* Of all headers. */
uint64_t header_names_all(const struct header_names *h);
/* Of those whose last component is that of path; 0: none. */
uint64_t header_names_like(const struct header_names *h, const char *path);

#endif
