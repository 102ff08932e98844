/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stage: two kernels of one tree, as it is and with the patches of OUT; both booted with the same probe; what it
 * said, compared.
 *
 *	subjects.h	what the host does for each file that the probe opens
 *	config/		the configuration that turns them on
 *	kernel/		the two kernels
 *	guest/		one boot
 *	compare/	three logs to differences
 *	provider/	drivers of ours, in both kernels, for what no guest has
 *	probe/		the program in the guest
 *	kept.h		what a boot said, for inventories that are made later
 *
 * All is below OUT/boot.
 */
#ifndef MMAPCONV_BOOT_H
#define MMAPCONV_BOOT_H

#include "compare/compare.h"
#include "config/config.h"
#include "kernel/kernel.h"
#include "subjects.h"

struct boot_options {
	unsigned jobs;
	unsigned build_timeout_s;	/* of one kernel */
	unsigned boot_timeout_s;	/* of one boot, the probe in it */
	bool few;			/* only a few requests of each kind */
};

struct boot {
	const struct boot_options *opt;
	const struct tree *tree;
	struct inventory *inv;
	const char *out;			/* absolute */
	char *own, *probe;			/* the folder boot/ that comes with the program; the built probe */
	struct boot_subjects subjects;
	struct config_wishes wishes;
	struct kernels kernels;
	struct strlist built;			/* handlers' files that are compiled into both kernels, sorted */
	struct strlist applied;			/* patches in the new kernel, sorted */
	struct strlist hashes;			/* of each handler's patch */
	struct strlist tests;			/* of the kernel's own that run in the guest */
	struct strlist losses;			/* sentences: what could not be looked at */
	struct strlist sources;			/* kept.h */
	struct boot_result result;
};

/*
 * Do it all, and put the result into b->inv.  0, or a negative errno after a message.  boot_free() in every case.
 * The caller has set the fields before `own`, and the rest to zero.
 */
int boot_run(struct boot *b);
void boot_free(struct boot *b);

#endif
