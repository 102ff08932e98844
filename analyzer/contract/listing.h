/* SPDX-License-Identifier: GPL-2.0-only */
/* A contract as a short listing that a person reads in 80 columns. */
#ifndef MMAPCONV_CONTRACT_LISTING_H
#define MMAPCONV_CONTRACT_LISTING_H

#include "contract/contract.h"

/*
 * Append to b: the paths that fail, one line each, then those that can succeed with their conditions and
 * effects, then those that are not modelled.  Lines of at most 80 columns of printable ASCII; a long list
 * of paths is cut, and says so.  colour: with escape sequences for a terminal.
 */
void contract_listing(const struct contract *c, bool colour, struct strbuf *b);

#endif
