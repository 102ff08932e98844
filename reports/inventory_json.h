/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside reports/ only: parts of the writer that the reader checks a file against. */
#ifndef MMAPCONV_REPORTS_INVENTORY_JSON_H
#define MMAPCONV_REPORTS_INVENTORY_JSON_H

#include "base/mem.h"
#include "inventory.h"

/* The "totals" object; json_object_put() frees. */
struct json_object *inventory_totals(const struct inventory *inv);

/* Text as JSON: bytes that are no UTF-8 become U+FFFD.  NULL is null. */
struct json_object *inventory_text(const char *s);
/* Text of several lines: only bytes that are no UTF-8 are replaced. */
struct json_object *lines_text(const char *s);

/* Is nothing set in this conversion?  It is null in JSON then. */
bool conversion_is_empty(const struct conversion *c);

/*
 * Pretty-print: two spaces, empty lists and objects on one line, slashes as they are, a newline
 * at the end.  json-c's own printer breaks empty lists over lines, by version.
 */
void json_print(struct strbuf *b, struct json_object *value);

#endif
