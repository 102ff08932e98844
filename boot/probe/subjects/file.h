/* SPDX-License-Identifier: GPL-2.0-only */
/* For subjects that are a file of a mounted file system; file.c. */
#ifndef MMAPCONV_BOOT_SUBJECTS_FILE_H
#define MMAPCONV_BOOT_SUBJECTS_FILE_H

#include "../probe.h"

/* Four pages and a bit: so the last one is a page that the file fills in part. */
#define FILE_SIZE (4 * 4096 + 1000)

/* The path's file, made or put right before each request: FILE_SIZE bytes, each page of its own letter. */
int file_open(struct opened *o, const char *path);
/* Just opened: what a file of size bytes holds is its own matter. */
int file_open_as_is(struct opened *o, const char *path, int flags, uint64_t size);

/* The image of the initramfs on a loop device, mounted at where. */
int file_mount_image(const char *image, const char *where, const char *type, const char *options);
void file_unmount(const char *where);

#endif
