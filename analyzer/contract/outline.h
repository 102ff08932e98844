/* SPDX-License-Identifier: GPL-2.0-only */
/* Which of a path's conditions tell it from the other paths: what a listing has to show. */
#ifndef MMAPCONV_CONTRACT_OUTLINE_H
#define MMAPCONV_CONTRACT_OUTLINE_H

#include "contract/contract.h"

enum outline_group { OUTLINE_FAILS, OUTLINE_SUCCEEDS, OUTLINE_UNMODELLED };

struct outline_path {
	enum outline_group group;
	bool *shown;			/* by guard */
};

/*
 * By path.  A condition is left out where its opposite only leads to paths that fail and are read before:
 * failing paths are read first, in the contract's order, each as "unless one above already failed"; and
 * where another one says more: x != 1 beside x == 2.
 */
struct outline { struct outline_path *paths; size_t nr; };

struct outline outline_of(const struct contract *c);
void outline_free(struct outline *o);

#endif
