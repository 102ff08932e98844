/* SPDX-License-Identifier: GPL-2.0-only */
/* What stands in OUT beside the inventory, and that a report can do without. */
#ifndef MMAPCONV_REPORTS_BESIDE_H
#define MMAPCONV_REPORTS_BESIDE_H

#include "inventory.h"

#define AUDIT_SCHEMA "mmapconv-audit-1"

struct json_object;

/*
 * OUT/name: json_object_put() frees.  NULL with a sentence added to notes (an array, or NULL): it is not there,
 * damaged, of another schema, or of another tree than the inventory.
 */
struct json_object *beside_read(const struct inventory *inv, const char *out, const char *name, const char *schema,
				struct json_object *notes);

/* Add "NAME WHAT" to notes, if there are any. */
void beside_note(struct json_object *notes, const char *name, const char *what);

#endif
