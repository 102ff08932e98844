/* SPDX-License-Identifier: GPL-2.0-only */
/* A patch as text: which files it touches.  Patches may have been edited; nothing in them is trusted. */
#ifndef MMAPCONV_CONVERSIONS_SERIES_PATCH_TEXT_H
#define MMAPCONV_CONVERSIONS_SERIES_PATCH_TEXT_H

#include "base/mem.h"

/*
 * Read OUT/path, a mail with a diff: *text gets it, files the paths that its diff names, each once.
 * 0, or a negative errno with *error saying what is wrong and the mend (caller frees).
 */
int patch_read(const char *out, const char *path, struct strbuf *text, struct strlist *files, char **error);

/* The paths in the headers of a diff; false when one leads out of a tree, is quoted, or none is there. */
bool patch_files(const char *text, struct strlist *files);

#endif
