/* SPDX-License-Identifier: GPL-2.0-only */
/* How far the contracts of a tier's handlers go, and why not further. */
#ifndef MMAPCONV_REPORTS_GAPS_H
#define MMAPCONV_REPORTS_GAPS_H

#include "inventory.h"

struct gap { const char *reason; unsigned handlers; };

struct gaps {
	VEC(struct gap) reasons;	/* most handlers first, then by text */
	unsigned complete, incomplete;	/* contracts */
	unsigned none;			/* handlers whose body nobody read */
};

/* tier: 1 or 2.  vec_free(&gaps->reasons) frees. */
void inventory_gaps(const struct inventory *inv, unsigned tier, struct gaps *gaps);

/* Has the handler no contract? */
bool contract_is_missing(const struct contract_record *c);

#endif
