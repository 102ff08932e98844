/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_CONVERSIONS_CONTRACTS_H
#define MMAPCONV_CONVERSIONS_CONTRACTS_H

#include "convert.h"

/*
 * convert_options.compare: reads each handler and its hook, in a few passes for all, and compares their contracts.
 * ctx: a struct pairs_options of the tree that is converted.
 */
int proof_contracts(struct proof_job *jobs, size_t nr, void *ctx);

#endif
