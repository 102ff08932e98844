/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside conversions/plan*.c. */
#ifndef MMAPCONV_CONVERSIONS_PLAN_INTERNAL_H
#define MMAPCONV_CONVERSIONS_PLAN_INTERNAL_H

#include "plan.h"

/* plan_files.c: fill in job->files, sorted, from its parts' handlers; job_fail() where that cannot be. */
void plan_files(struct job *job);
/* plan_groups.c: number the jobs without an error, and list each group's. */
void plan_groups(struct plan *p);

#endif
