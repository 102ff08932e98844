/* SPDX-License-Identifier: GPL-2.0-only */
/* OUT/patches: numbered in the handlers' order, tried with `git am` before they are written. */
#ifndef MMAPCONV_CONVERSIONS_PATCHES_H
#define MMAPCONV_CONVERSIONS_PATCHES_H

#include "plan.h"

/* Remove an earlier run's NNNN-*.patch.  0 or a negative errno (message printed). */
int patches_clear(const char *out);

/*
 * Take all mails in their order with `git am`, in a scratch repository of just the files they
 * touch.  A job whose mail does not apply fails (stage "apply").  0 or a negative errno.
 */
int patches_apply(const struct tree *t, struct plan *p, const char *work);

/* Write the mails of the jobs that did not fail.  0 or a negative errno (message printed). */
int patches_write(struct plan *p, const char *out);

/* "0003-misc-open-dice-replace-….patch", as git names them.  Caller frees. */
char *patch_file_name(size_t number, const char *subject);
/* Is name one that patches_write() would give? */
bool patches_is_name(const char *name);

#endif
