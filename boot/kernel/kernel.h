/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two kernels of one tree: as it is, and with the patches.  Both are built out of one folder of links to the
 * tree's files, where what the patches touch are copies; each has an O= folder of its own, so that either is
 * built again in the time that the change takes.  The second begins as a copy of the first, and both are built at
 * the same path, OUT/boot/build: objtool's own build knows its path, and when objtool is made anew, every object is.
 */
#ifndef MMAPCONV_BOOT_KERNEL_H
#define MMAPCONV_BOOT_KERNEL_H

#include "overlay.h"
#include "tree/kbuild.h"

struct kernels {
	const struct tree *tree;	/* the user's, borrowed */
	char *dir;			/* OUT/boot, absolute */
	struct tree farm;		/* OUT/boot/tree; root and version only */
	char *old, *new;		/* where the O= folders are kept: OUT/boot/old, OUT/boot/new */
	struct kbuild make;		/* OUT/boot/build, where one of them is between kernels_enter() and _leave() */
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
 * Take k->old or k->new to the path where it is built, and back.  k->new begins as a copy of k->old; its
 * configuration always is.  0, or a negative errno with *why (the caller frees).
 */
int kernels_enter(struct kernels *k, const char *which, char **why);
void kernels_leave(struct kernels *k, const char *which);

/* Give the farm the patched files, and those back that an earlier build of k->new had patched; between the two. */
int kernels_patch_farm(struct kernels *k, char **why);
/* The build of k->new is done: what it has of patches is what k->patched has. */
void kernels_patched(const struct kernels *k);

/*
 * Put the files in dir (absolute; it need not be there) into the farm as drivers/mmapconv/, and have the tree's
 * Kconfig and Makefile lead there.  After kernels_patch_farm(), which may put others in their place.  0, or a negative
 * errno after a message.
 */
int kernels_provide(const struct kernels *k, const char *dir);

/* Build what was entered, in at most timeout_s. */
int kernels_build(struct kernels *k, unsigned timeout_s, char **why);

/* Where the built kernel is; the caller frees. */
char *kernels_image(const char *which);
/* The text of its System.map, behind a line's end; that alone where it cannot be read. */
void kernels_symbols(const char *which, struct strbuf *symbols);
/*
 * Was this function of this file (relative, .c) compiled into it?  Both are asked: an object may be there that an
 * earlier configuration wanted, and several files may have functions of that name.
 */
bool kernels_has(const char *which, const char *file, const char *function, const struct strbuf *symbols);

#endif
