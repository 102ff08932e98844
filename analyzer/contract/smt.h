/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Z3 behind one interface: can conditions hold together for any request?  Scalars and pointers are
 * bit-vectors of their C width, conditions are Bool, records and pgprot_t values an uninterpreted
 * sort, loads and calls uninterpreted functions.  The answer depends on the terms only, never on
 * time: the limit is Z3's own count of steps (rlimit).
 */
#ifndef MMAPCONV_CONTRACT_SMT_H
#define MMAPCONV_CONTRACT_SMT_H

#include "contract/term.h"

enum smt_answer { SMT_NO, SMT_YES, SMT_UNKNOWN };

struct smt;

/*
 * A solver over the terms of one store.  What holds for every request is asserted: start < end, both
 * page aligned (page_shift), end within the address space, pgoff + pages does not wrap, addresses of
 * distinct globals differ and are not 0.  flags: VM_SHARED implies VM_MAYSHARE and so on, as far as
 * the tree's flags are named in `flags` (may be NULL).  NULL when Z3 cannot be started.
 */
struct smt *smt_new(const struct terms *t, const struct flag_names *flags, unsigned page_shift);
void smt_free(struct smt *s);

/* Can all of these conditions hold at once? */
enum smt_answer smt_feasible(struct smt *s, const term_t *conditions, size_t nr);

/*
 * After SMT_YES: the value of a term in the model that was found, at its width; 0 or -ENOENT for
 * sorts that have no number.
 */
int smt_value(struct smt *s, term_t a, uint64_t *value);

char *smt_version(void);		/* "4.8.12"; caller frees */

#endif
