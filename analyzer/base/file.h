/* SPDX-License-Identifier: GPL-2.0-only */
/* Files: read whole with a limit, written atomically, paths that stay inside a folder. */
#ifndef MMAPCONV_BASE_FILE_H
#define MMAPCONV_BASE_FILE_H

#include "base/mem.h"

/*
 * Read a regular file into b (appended).  Returns 0, -EFBIG when it is larger than max bytes,
 * -EINVAL when it is not a regular file, or the errno of open/read.  Never blocks on a FIFO.
 */
int file_read(const char *path, size_t max, struct strbuf *b);

/*
 * Write data to path so that path is always the old file or the whole new one: written beside it,
 * synced, renamed.  Missing folders are made.  Returns 0 or a negative errno; on error the
 * temporary file is gone.
 */
int file_write_atomic(const char *path, const void *data, size_t len);

/* The same with the texts of l, a line each. */
int file_write_lines(const char *path, const struct strlist *l);

/* The same with what b holds, for a result; an error says which file, why, and the mend. */
int file_write_result(const char *path, const struct strbuf *b);

int file_mkdirs(const char *dir);			/* mkdir -p */
int file_remove_tree(const char *dir);			/* rm -r, never follows a symlink; 0 if missing */
bool file_exists(const char *path);
bool file_is_dir(const char *path);

/* dir "/" name, caller frees. */
char *path_join(const char *dir, const char *name);

/* What stands behind the last '/' of the first len bytes: in path, and as long as they are. */
const char *path_base(const char *path, size_t len);

/*
 * Is rel a relative path that stays below its base: not absolute, no ".." component, no empty
 * component, no control character?  Names that come out of a tree or a report are checked with it
 * before they are written to.
 */
bool path_is_inside(const char *rel);

/* $XDG_CACHE_HOME/mmapconv or $HOME/.cache/mmapconv, made if missing; NULL (and errno) if neither. */
char *cache_dir(void);

#endif
