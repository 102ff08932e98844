/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside sarif/ only: parts of the log.  What is returned is new; json_object_put() frees. */
#ifndef MMAPCONV_REPORTS_SARIF_INTERNAL_H
#define MMAPCONV_REPORTS_SARIF_INTERNAL_H

#include <json-c/json.h>

#include "inventory.h"

struct sarif {
	const struct inventory *inv;
	struct json_object *rules, *results, *notifications;	/* arrays */
	struct json_object *seen;				/* how many results a rule and identity have */
};

/* parts.c */
struct json_object *sarif_message(const char *text);
/* file: relative to the tree; line, column from 1, 0: none. */
struct json_object *sarif_location(const char *file, unsigned line, unsigned column, const char *message);
/*
 * A new result, added; level: "error", "warning", "note", "none".  identity: what stays the same of it when lines move;
 * the n-th of the same identity gets an n of its own.
 */
struct json_object *sarif_result(struct sarif *s, const char *rule, const char *level, const char *text,
				 const char *identity);
/* Add the rule of that id, if it is new. */
void sarif_rule(struct sarif *s, const char *id, const char *name, const char *what, const char *help, const char *level);

/* handlers.c, findings.c: add their rules and results. */
void sarif_handlers(struct sarif *s);
void sarif_findings(struct sarif *s, struct json_object *audit);

#endif
