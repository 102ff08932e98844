/* SPDX-License-Identifier: GPL-2.0-only */
/* A folder of links to a tree's files. */
#ifndef MMAPCONV_BOOT_FARM_H
#define MMAPCONV_BOOT_FARM_H

#include "overlay.h"

/*
 * Make dir a folder with a link to every file of the tree at root (absolute), and no file of its own; links of an
 * earlier run are kept.  0, or a negative errno after a message.
 */
int farm_make(const char *dir, const char *root);

/* Make path (relative) a link to a file (absolute), if it is not one.  0 or a negative errno. */
int farm_link(const char *dir, const char *path, const char *file);

/*
 * Make path (relative) a file of its own, with this text and the time of now, so that make sees that it changed.
 * 0 or a negative errno.
 */
int farm_put(const char *dir, const char *path, const char *text, size_t len);

#endif
