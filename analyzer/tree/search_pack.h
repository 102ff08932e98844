/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside tree/: what was found in some files, as bytes for the cache. */
#ifndef MMAPCONV_TREE_SEARCH_PACK_H
#define MMAPCONV_TREE_SEARCH_PACK_H

#include "base/pack.h"
#include "tree/search_internal.h"

/* Every member of a part and of what it holds: a new one belongs here too. */
void pack_part(struct pack *k, struct part *part);
void pack_uses(struct pack *k, struct text_uses *uses);
void pack_arguments(struct pack *k, struct text_arguments *arguments);

#endif
