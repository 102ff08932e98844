/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside cmd/: what audit and check share. */
#ifndef MMAPCONV_CMD_AUDIT_H
#define MMAPCONV_CMD_AUDIT_H

#include "audit/audit.h"
#include "cache/cache.h"
#include "cmd/cmd.h"

/*
 * Read the hooks that `only` selects (with opt->legacy: the handlers, too), some files' texts from another place,
 * and add what is wrong to found.  0, or an exit status after a message.
 */
int audit_look(struct job *j, const struct strlist *only, const struct read_instead *instead, size_t nr_instead,
	       struct hooks *hooks, struct findings *found);
/* What `check --diff` says of a patch that was applied: that of `only`, and the tables that get a handler of the old kind. */
struct review;
int audit_review(struct job *j, const struct review *r, const struct strlist *only, struct hooks *hooks, struct findings *found);
/* Print it; the exit status. */
int audit_end(const struct job *j, const struct hooks *hooks, const struct findings *found);

#endif
