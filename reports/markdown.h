/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside reports/ only: the parts of report.md, in their order. */
#ifndef MMAPCONV_REPORTS_MARKDOWN_H
#define MMAPCONV_REPORTS_MARKDOWN_H

#include "inventory.h"
#include "inventory_counts.h"

void md_summary(struct strbuf *b, const struct inventory *inv, const struct counts *c);
void md_boot(struct strbuf *b, const struct inventory *inv);	/* nothing, if it was not booted */
void md_hand(struct strbuf *b, const struct inventory *inv);	/* nothing, if there is none */
void md_handlers(struct strbuf *b, const struct inventory *inv);
void md_coverage(struct strbuf *b, const struct inventory *inv, const struct counts *c);
void md_next_steps(struct strbuf *b, const struct inventory *inv, const struct counts *c);

#endif
