/* SPDX-License-Identifier: GPL-2.0-only */
/* A file system with one file, "/file", served by a process of ours; fuse_server.c. */
#ifndef MMAPCONV_BOOT_SUBJECTS_FUSE_SERVER_H
#define MMAPCONV_BOOT_SUBJECTS_FUSE_SERVER_H

#include <stdint.h>

struct fuse_served {
	uint64_t init_flags; /* asked for beside what every server of ours wants */
	uint32_t open_flags; /* FOPEN_… */
	const char *backing; /* the file that the kernel reads by itself, or NULL */
	volatile int *open;  /* of shared memory: how often the file is open */
};

/* Mounts it at where and leaves the server behind as a child.  0, or -errno after why(). */
int fuse_serve(const struct fuse_served *served, const char *where);

#endif
