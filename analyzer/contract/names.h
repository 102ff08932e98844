/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of a contract, in the order of its enums: what JSON and reports say. */
#ifndef MMAPCONV_CONTRACT_NAMES_H
#define MMAPCONV_CONTRACT_NAMES_H

#include "contract/contract.h"

/* Each ends with NULL. */
extern const char *const effect_names[];	/* "flags_set", … */
extern const char *const action_names[];	/* "none", "remap", … */
extern const char *const extent_names[];
extern const char *const state_names[];
extern const char *const result_names[];
extern const char *const pass_end_names[];	/* "again", … */
extern const char *const cell_names[];		/* "start", "pgoff", … */
extern const char *const term_op_names[];	/* "NONE", "CONST", … */

#endif
