/* SPDX-License-Identifier: GPL-2.0-only */
/* What booting the tree with and without the patches said, in words and in numbers; boot/compare/ finds it out. */
#ifndef MMAPCONV_REPORTS_BOOTED_H
#define MMAPCONV_REPORTS_BOOTED_H

#include "inventory.h"
#include "inventory_words.h"

/* Appends "212 requests, no difference", "4 requests, 1 difference", "no request reached it"; for verdict NULL nothing. */
void boot_words_of(struct strbuf *b, const struct boot_record *r);

#define NR_BOOTS 6			/* words of boot_words */

struct boot_counts {
	unsigned handlers;		/* that there are */
	unsigned booted;		/* of which a boot says anything at all */
	unsigned reached;		/* in both kernels */
	unsigned requests;		/* a request that reached two handlers counts twice */
	unsigned differences, expected;
	unsigned by_word[NR_BOOTS];	/* in the order of boot_words */
};

/* The handlers of a tier and class; 0 and NULL: of all. */
void inventory_count_boots(const struct inventory *inv, unsigned tier, const char *class_name, struct boot_counts *c);

#endif
