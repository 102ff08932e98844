/* SPDX-License-Identifier: GPL-2.0-only */
/* One boot: an initramfs with the probe, QEMU with its limits, and what came out. */
#ifndef MMAPCONV_BOOT_GUEST_H
#define MMAPCONV_BOOT_GUEST_H

#include "subjects.h"

/* Is everything there that a boot needs?  False after a message that names the package. */
bool guest_tools(void);

/* What the guest finds. */
struct guest_files {
	const char *probe;			/* a path: /init */
	const struct strlist *functions;	/* names: /functions, a line each */
	const struct boot_subjects *subjects;	/* their images: /images/NAME */
	const char *selftests;			/* a folder; of it, */
	const struct strlist *tests;		/* these: /selftests/NAME */
};

/*
 * Make dir/initrd.cpio of them.  An image that cannot be made is left out, and missing gets a sentence.
 * 0, or a negative errno after a message.
 */
int guest_initramfs(const char *dir, const struct guest_files *files, struct strlist *missing);

struct guest {
	const char *kernel;		/* bzImage */
	const char *initrd;
	const char *console, *log;	/* files that are written: the kernel's words, and the probe's */
	const struct boot_subjects *subjects;	/* whose QEMU arguments and words of the command line it gets */
	const char *only;		/* the subjects that are tried, with commas between; NULL: all */
	bool few;			/* only the short matrix of requests */
	unsigned timeout_s;		/* of the whole boot; then the guest is killed */
};

/*
 * Boot it and wait until it powers off.  0 however it ended: its log says whether it came to its end; *ended says
 * in a sentence how, where that is not by itself (the caller frees), else NULL.  Or a negative errno after a message.
 */
int guest_run(const struct guest *g, char **ended);

#endif
