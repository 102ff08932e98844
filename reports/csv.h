/* SPDX-License-Identifier: GPL-2.0-only */
/* OUT/report/handlers.csv: a line a handler, for a spreadsheet (RFC 4180 but for the plain newlines). */
#ifndef MMAPCONV_REPORTS_CSV_H
#define MMAPCONV_REPORTS_CSV_H

#include "inventory.h"

/* 0, or a negative errno after a message. */
int report_csv(const struct inventory *inv, const char *path);

#endif
