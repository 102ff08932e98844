/* SPDX-License-Identifier: GPL-2.0-only */
/* What the host must do so that the probe finds its subjects: boot/subjects/NAME.json, a file a family. */
#ifndef MMAPCONV_BOOT_SUBJECTS_H
#define MMAPCONV_BOOT_SUBJECTS_H

#include "base/mem.h"

/* A file that the guest finds as /images/NAME. */
struct boot_image {
	char *name;
	unsigned mib;			/* its size before `make` runs; 0: `make` makes the file */
	struct strlist make;		/* a program and its arguments; "@" is the image's path */
};

struct boot_subject {
	char *name;			/* as the probe knows it */
	struct strlist config;		/* "UDF_FS", "NAME=value", "!NAME" */
	struct strlist append;		/* of the kernel's command line */
	VEC(struct strlist) qemu;	/* argument lists, each taken once however many want it */
	VEC(struct boot_image) images;
};
VEC_DECLARE(boot_subjects, struct boot_subject);

/*
 * All families of dir, in the order of the files' names.  0, or a negative errno after a message.
 * boot_subjects_free() in every case.
 */
int boot_subjects_read(struct boot_subjects *list, const char *dir);
void boot_subjects_free(struct boot_subjects *list);

#endif
