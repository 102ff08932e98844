/* SPDX-License-Identifier: GPL-2.0-only */
/* Tier 2 handlers counted by the ops field that they are installed in. */
#ifndef MMAPCONV_REPORTS_FIELDS_TABLE_H
#define MMAPCONV_REPORTS_FIELDS_TABLE_H

#include "inventory.h"
#include "inventory_words.h"

struct field_count {
	const char *name;			/* "tag.field"; owned by the inventory */
	unsigned handlers;
	unsigned by_verdict[NR_VERDICTS + 1];	/* as inventory_words.h has them */
};
VEC_DECLARE(field_counts, struct field_count);

/* Most handlers first, then by name.  vec_free() frees. */
void inventory_fields_count(const struct inventory *inv, struct field_counts *fields);

#endif
