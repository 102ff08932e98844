/* SPDX-License-Identifier: GPL-2.0-only */
/* The made-up autoconf.h of the fallback. */
#ifndef MMAPCONV_TREE_FALLBACK_CONFIG_H
#define MMAPCONV_TREE_FALLBACK_CONFIG_H

#include "tree/flags.h"

/* Append "#define CONFIG_…" lines for arch to b; nothing of the tree is run. */
void fallback_config(const struct tree *t, const struct arch *arch, struct strbuf *b);

#endif
