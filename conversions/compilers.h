/* SPDX-License-Identifier: GPL-2.0-only */
/* How a plan's files are compiled, and whether what compiles them is there. */
#ifndef MMAPCONV_CONVERSIONS_COMPILERS_H
#define MMAPCONV_CONVERSIONS_COMPILERS_H

#include "plan.h"

/* Is the file compiled for this architecture when the job is checked? */
bool job_builds(const struct job *job, const struct arch *arch, const char *file);

/* Learn how the jobs' files are compiled, one call an architecture.  flags: NULL: nothing is.  0 or -EINTR. */
int compilers_load(struct flags_db *flags, const struct plan *p);

/* Without its compiler a patch is emitted as "not built": said once here, and in each patch. */
void compilers_warn(const struct flags_db *flags, const struct plan *p);

#endif
