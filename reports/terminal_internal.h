/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside reports/ only: the parts of the report on a terminal. */
#ifndef MMAPCONV_REPORTS_TERMINAL_INTERNAL_H
#define MMAPCONV_REPORTS_TERMINAL_INTERNAL_H

#include <stdio.h>

#include "inventory.h"
#include "inventory_counts.h"

/* Classes by verdict, or by outcome once something was converted. */
void terminal_class_table(const struct counts *c, bool converting, bool colour, FILE *stream);

/* Tier 2: its fields by verdict. */
void terminal_field_table(const struct inventory *inv, bool colour, FILE *stream);

/* How many contracts are complete, and the most frequent reasons why the others are not. */
void terminal_contracts(const struct inventory *inv, unsigned tier, FILE *stream);

/* What each missing API unlocks. */
void terminal_unlocks(const struct inventory *inv, FILE *stream);

#endif
