/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who gets a patch and whose tree takes it: what the tree's own scripts/get_maintainer.pl says of it,
 * from MAINTAINERS, without git's history.
 */
#ifndef MMAPCONV_CONVERSIONS_SERIES_MAINTAINERS_H
#define MMAPCONV_CONVERSIONS_SERIES_MAINTAINERS_H

#include "series/driver.h"
#include "tree/tree.h"

/*
 * Can the script be asked?  0, or 1 with *why saying what is missing and the mend (caller frees).
 */
int maintainers_available(const struct tree *t, bool no_scripts, char **why);

/*
 * Ask it about d's patches: fills in to (maintainers), cc (reviewers and lists), tree and subsystem.
 * scratch: a folder below OUT/work, for the patch and as the script's home.  0; 1 when the script failed,
 * with *why (caller frees); -EINTR; another negative errno after a message.
 */
int maintainers_ask(const struct tree *t, const char *scratch, struct driver *d, char **why);

/* Its output into d: untrusted text. */
void maintainers_read(const char *output, struct driver *d);

#endif
