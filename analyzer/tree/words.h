/* SPDX-License-Identifier: GPL-2.0-only */
/* Does a text hold any of many words?  One pass, whatever their number. */
#ifndef MMAPCONV_TREE_WORDS_H
#define MMAPCONV_TREE_WORDS_H

#include <stdint.h>
#include "base/mem.h"

struct words;

/* words: identifiers; borrowed, must outlive the result.  words_free() frees. */
struct words *words_new(const struct strlist *words);
void words_free(struct words *w);

/* Is one of them in text, as a whole word? */
bool words_any(const struct words *w, const char *text, size_t len);

#endif
