/* SPDX-License-Identifier: GPL-2.0-only */
/* The APIs that handlers wait for, ranked by how many each would unlock. */
#ifndef MMAPCONV_REPORTS_INVENTORY_NEEDS_H
#define MMAPCONV_REPORTS_INVENTORY_NEEDS_H

#include "inventory.h"

struct need {
	const char *name;	/* owned by the inventory */
	unsigned blocks;	/* handlers not converted yet that list it */
	unsigned alone;		/* of these: handlers that need nothing else */
};
VEC_DECLARE(needs, struct need);

/* Most blocked handlers first, then most unlocked alone, then by name.  vec_free() frees. */
void inventory_needs(const struct inventory *inv, struct needs *needs);


#endif
