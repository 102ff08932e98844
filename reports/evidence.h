/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * OUT/evidence.json: the tree's own text behind what the inventory says of each handler, so that a report can
 * show it when the tree is not at hand.
 *
 *	{ "schema": "mmapconv-evidence-1", "tree": "7.3.4",
 *	  "handlers": { "file:function": [ { "file": "…", "line": 12, "text": "…" }, … ] } }
 *
 * Each piece is a function, a table or a declaration, whole where it is not longer than 300 lines; the handler's
 * definitions first, then by file and line.
 */
#ifndef MMAPCONV_REPORTS_EVIDENCE_H
#define MMAPCONV_REPORTS_EVIDENCE_H

#include "inventory.h"

#define EVIDENCE_SCHEMA "mmapconv-evidence-1"

/*
 * root: of the tree, absolute.  A file that cannot be read is left out, and the report says that it has no text
 * of it.  0, or a negative errno after a message.
 */
int evidence_write(const struct inventory *inv, const char *root, const char *path);

/* The piece of text that line `line` (from 1) is in: its first and last line.  False: there is no such line. */
bool evidence_piece(const char *text, unsigned line, unsigned *first, unsigned *last);

#endif
