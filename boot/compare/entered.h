/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside compare/ only: which handlers a request entered, and whose its differences are. */
#ifndef MMAPCONV_BOOT_COMPARE_ENTERED_H
#define MMAPCONV_BOOT_COMPARE_ENTERED_H

#include "compare/internal.h"

VEC_DECLARE(indices, size_t);
bool indices_add_once(struct indices *l, size_t i);

struct entered {
	struct strlist tokens;		/* the old names, in both kernels; sorted, each once */
	struct indices sure, maybe;	/* handlers; maybe: others have the name too */
};

/* Names of one kernel's "called" into e; what is not clear is said in out. */
void entered_add(struct entered *e, const struct names *n, const struct strlist *called, bool new_kernel,
		 struct boot_result *out);
void entered_free(struct entered *e);
/* The handlers of a, and those of b that a has not. */
void entered_join(struct entered *a, const struct entered *b);
/* Whom a difference belongs to: patched handlers, or all if none is; none: nobody that is known. */
void entered_blamed(const struct entered *e, const struct boot_result *out, struct indices *to);

#endif
