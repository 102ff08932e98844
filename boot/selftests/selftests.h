/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's own tests of memory mapping, in both kernels. */
#ifndef MMAPCONV_BOOT_SELFTESTS_H
#define MMAPCONV_BOOT_SELFTESTS_H

#include "kernel/kernel.h"

/*
 * Build those of tools/testing/selftests/mm that are about mappings, static, into dir, with k->old entered: the guest runs them as
 * /selftests/NAME.  made gets their names; what cannot be built, a sentence in losses.  0 or a negative errno after
 * a message.
 */
int selftests_build(const struct kernels *k, const char *dir, struct strlist *made, struct strlist *losses);

/*
 * tools/testing/vma: the core's mapping code, compiled into a program.  Build and run it in the farm as it stands.
 * *said is what it printed last (the caller frees), "3 tests run, 3 passed, 0 failed."; NULL with a sentence in losses
 * where it cannot be built or did not end.  0 or a negative errno after a message.
 */
int selftests_vma(const struct kernels *k, char **said, struct strlist *losses);

/*
 * Is what it said with the patches worse than before?  A patch may add tests that pass; fewer of them, another number that
 * fail, another end of the program, or words that are not understood are worse.
 */
bool selftests_vma_worse(const char *before, const char *patched);

#endif
