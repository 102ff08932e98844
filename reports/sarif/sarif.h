/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * OUT/report/report.sarif: SARIF 2.1.0 for viewers of code scanning.  A result for each legacy handler, with its
 * reasons as related places, and for each finding of the audit; what was lost is a notification.  A result's
 * fingerprint holds no line: it is the same after a change somewhere else in the file.
 */
#ifndef MMAPCONV_REPORTS_SARIF_SARIF_H
#define MMAPCONV_REPORTS_SARIF_SARIF_H

#include "inventory.h"

/* out: OUT, where audit.json is read if it is there.  0, or a negative errno after a message. */
int report_sarif(const struct inventory *inv, const char *out, const char *path);

#endif
