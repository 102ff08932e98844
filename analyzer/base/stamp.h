/* SPDX-License-Identifier: GPL-2.0-only */
/* What tells that a file changed, without reading it. */
#ifndef MMAPCONV_BASE_STAMP_H
#define MMAPCONV_BASE_STAMP_H

#include <stdint.h>
#include "base/mem.h"

/* Times in ns.  The time of the inode's change catches what sets the other one back. */
struct stamp { uint64_t device, inode, size, modified, changed; };

/* Follows symbolic links.  All zero and false: there is no such file. */
bool stamp_of(const char *path, struct stamp *s);

/* Now, as stamps count; taken before files are read, see stamp_is_old(). */
uint64_t stamp_now(void);
/*
 * Was the file left alone for some time before `now`?  One that was just written can be written again
 * without a stamp that differs: clocks of file systems tick slowly (FAT's every 2 s).
 */
bool stamp_is_old(const struct stamp *s, uint64_t now);

#endif
