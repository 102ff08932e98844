/* SPDX-License-Identifier: GPL-2.0-only */
/* Which files make one driver: kbuild's word for it. */
#ifndef MMAPCONV_CONVERSIONS_MODULE_H
#define MMAPCONV_CONVERSIONS_MODULE_H

#include "plan.h"

/*
 * "fs/gfs2/gfs2": what the handler's file is linked into together with others, module or not, from
 * its compile command; NULL where no command says so.  Caller frees.
 */
char *job_module(const struct flags_db *flags, const struct job *job);

#endif
