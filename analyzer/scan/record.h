/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef MMAPCONV_SCAN_RECORD_H
#define MMAPCONV_SCAN_RECORD_H

#include "contract/contract.h"
#include "inventory.h"

/*
 * Fill in the handler's contract record: at most 64 paths and some 64 KiB of text, the rest is counted in
 * more_paths.
 */
void scan_record_contract(const struct contract *c, struct handler *h);

#endif
