/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside cmd/: what explain prints, in both of its forms. */
#ifndef MMAPCONV_CMD_EXPLAIN_H
#define MMAPCONV_CMD_EXPLAIN_H

#include "cmd/cmd.h"
#include "scan/scan.h"

/* A function that was asked for, as it was read. */
struct explained {
	char *id;			/* "file:function" */
	unsigned line;
	bool is_handler;
	const char *takes;		/* "vma", "descriptor", or NULL */
	struct strlist hooks;		/* "field in table, file:line": tables that hold it as a hook */
	char *listing;			/* its contract for a person */
	struct json_object *contract;	/* and for a program */
};
VEC_DECLARE(explained_list, struct explained);

/* The function with this id, or NULL: it was not read. */
const struct explained *explained_find(const struct explained_list *l, const char *id);

void explain_text(const struct inventory *inv, const struct explained_list *l, bool colour);
void explain_json(const struct inventory *inv, const struct explained_list *l);

#endif
