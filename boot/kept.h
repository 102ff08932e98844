/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a boot said, kept in OUT/boot for the inventories that are made later: a result holds as long as the handler's
 * patch, its source file, the release and the core's own files are those that were booted.
 */
#ifndef MMAPCONV_BOOT_KEPT_H
#define MMAPCONV_BOOT_KEPT_H

#include "inventory.h"

/*
 * What is looked at of the tree at root, as lines "HASH FILE", sorted: a file of each handler, and those of the core
 * that call handlers and hooks.  Asked for before the kernels are built; added to the empty lines.
 */
void kept_sources(const struct inventory *inv, const char *root, struct strlist *lines);

/* Keep inv's results, of those sources.  0, or a negative errno after a message. */
int kept_write(const struct inventory *inv, const struct strlist *sources, const char *out);

/*
 * Give inv, which has none, the results that still hold, and say what does not any more.  Its patches lie in out
 * already.  The number of handlers that have a result now.
 */
unsigned kept_carry(struct inventory *inv, const char *root, const char *out);

#endif
