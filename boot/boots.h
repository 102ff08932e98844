/* SPDX-License-Identifier: GPL-2.0-only */
/* The boots of both kernels, and what they say, compared. */
#ifndef MMAPCONV_BOOT_BOOTS_H
#define MMAPCONV_BOOT_BOOTS_H

#include "boot.h"

/*
 * Boot the kernels that were built, and put what comes out into b->result; what a guest did not come to, into b->losses.
 * 0, or a negative errno after a message.
 */
int boots_run(struct boot *b);

#endif
