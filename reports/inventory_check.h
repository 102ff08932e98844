/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside reports/ only: parts of inventory_check(). */
#ifndef MMAPCONV_REPORTS_INVENTORY_CHECK_H
#define MMAPCONV_REPORTS_INVENTORY_CHECK_H

#include "inventory.h"

/* Complains of each gap in the account of hand-finished patches; how many there are. */
unsigned inventory_check_hand(const struct inventory *inv);

#endif
