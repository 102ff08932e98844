/* SPDX-License-Identifier: GPL-2.0-only */
/* Handlers counted by the words that describe them. */
#ifndef MMAPCONV_REPORTS_INVENTORY_COUNTS_H
#define MMAPCONV_REPORTS_INVENTORY_COUNTS_H

#include "inventory.h"
#include "inventory_words.h"

struct counts {
	unsigned handlers, tier[2];
	/* Indices as in inventory_words.h; the last of each is for words that are not known. */
	unsigned by_class[NR_CLASSES + 1];
	unsigned by_verdict[NR_VERDICTS + 1];
	unsigned by_outcome[NR_OUTCOMES + 1];
	unsigned class_outcome[NR_CLASSES + 1][NR_OUTCOMES + 1];
	unsigned class_verdict[NR_CLASSES + 1][NR_VERDICTS + 1];
	unsigned instances, unconfirmed;	/* tables, and those that libclang should show and does not */
	unsigned unread;			/* tables that it was not asked about */
	unsigned handlers_partial;		/* read with less than the tree's own flags */
	unsigned files_full, files_partial, files_failed;	/* parsed, over all architectures */
	bool converting;	/* some outcome says more than the verdict does: convert ran */
};

void inventory_count(const struct inventory *inv, struct counts *c);
/* Only the handlers of tier 1 or 2; files are not counted. */
void inventory_count_tier(const struct inventory *inv, unsigned tier, struct counts *c);

/* The number of handlers whose outcome is this word of outcome_words. */
unsigned count_outcome(const struct counts *c, const char *outcome);

/* "1 handler", "2 handlers": the s. */
const char *plural(size_t nr);

#endif
