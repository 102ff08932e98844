/* SPDX-License-Identifier: GPL-2.0-only */
/* Is the code that a person judged the tree's? */
#ifndef MMAPCONV_CONVERSIONS_HAND_TEXT_H
#define MMAPCONV_CONVERSIONS_HAND_TEXT_H

#include "shelf/shelf.h"
#include "tree/tree.h"

/*
 * A hash of all definitions that the file of the tree has of a function, whatever is configured: of their code, so that
 * comments, layout and the lines above do not count.  Caller frees; NULL with *why, one sentence (caller frees): there is
 * none, or the file cannot be read.
 */
char *hand_text(const struct tree *t, const char *file, const char *function, char **why);

/* NULL: every function that was read is as it was.  Else one sentence that names one that is not, with its hash; caller frees. */
char *hand_text_changed(const struct tree *t, const struct shelf_judgement *j);

#endif
