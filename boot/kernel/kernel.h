/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two kernels of one tree: as it is, and with the patches.  Both are built out of one folder of links to the
 * tree's files, where what the patches touch are copies; each has an O= folder of its own, so that either is
 * built again in the time that the change takes.
 */
#ifndef MMAPCONV_BOOT_KERNEL_H
#define MMAPCONV_BOOT_KERNEL_H

#include "overlay.h"
#include "tree/kbuild.h"

struct kernels {
	const struct tree *tree;	/* the user's, borrowed */
	char *dir;			/* OUT/boot, absolute */
	struct tree farm;		/* OUT/boot/tree; root and version only */
	struct kbuild old, new;		/* OUT/boot/old, OUT/boot/new */
	struct overlay patched;		/* the touched files with all patches, committed one by one */
	struct strlist patches;		/* that are in it, in order, relative to OUT */
};

/* Make the links and the folders.  0, or a negative errno after a message.  kernels_close() always. */
int kernels_open(struct kernels *k, const struct tree *t, const char *out, unsigned jobs);
void kernels_close(struct kernels *k);

/*
 * Take one patch (a mail, relative to out) into k->patched, where it is not in already.
 * 0, -EINVAL when it does not apply (*error says why, the caller frees), or another negative errno.
 */
int kernels_add_patch(struct kernels *k, const char *out, const char *mail, char **error);

/*
 * Build the kernel as it is, or with the patches, in at most timeout_s.  config_apply() has configured k->old;
 * k->new begins as a copy of it.  0, or a negative errno with *why (the caller frees).
 */
int kernels_build_old(struct kernels *k, unsigned timeout_s, char **why);
int kernels_build_new(struct kernels *k, unsigned timeout_s, char **why);

/* Where the built kernel is; the caller frees. */
char *kernels_image(const struct kbuild *kb);
/* Was this file (relative, .c) compiled into it? */
bool kernels_has(const struct kbuild *kb, const char *file);

#endif
