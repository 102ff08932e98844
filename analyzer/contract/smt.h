/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Z3 behind one interface: can conditions hold together for any request?  Scalars and pointers are
 * bit-vectors of their C width, conditions are Bool, records and pgprot_t values an uninterpreted
 * sort, a load or a call an unknown of its own (equal ones are one term, and so one unknown).  What
 * C leaves undefined may have any value.  Each error is on the side of YES: what is infeasible is
 * so. The answer depends on the terms and the questions before, never on time: the limit is Z3's
 * own count of steps (rlimit), half a second's worth, and terms that are too large to begin with
 * are UNKNOWN. Guards of handlers take about a millisecond, a solver two.
 */
#ifndef MMAPCONV_CONTRACT_SMT_H
#define MMAPCONV_CONTRACT_SMT_H

#include "contract/term.h"

enum smt_answer { SMT_NO, SMT_YES, SMT_UNKNOWN };

struct smt;

/*
 * A solver over the terms of one store, which may grow meanwhile and has to outlive it.  What holds
 * for every request is asserted: start < end, both page aligned (page_shift), end within the
 * address space, pgoff + pages does not wrap, addresses of distinct variables differ and are
 * neither 0 nor an error pointer.  flags: VM_SHARED implies VM_MAYSHARE and so on, as far as the
 * tree's flags are named in `flags` (may be NULL, need not outlive the call).  The request's
 * SYMBOLs are those of the store's pointer_bits, which is unsigned long's width.  NULL when Z3
 * cannot be started.
 */
struct smt *smt_new(const struct terms *t, const struct flag_names *flags, unsigned page_shift);
void smt_free(struct smt *s);

/*
 * Steps for all questions together from now on; of what is left each gets at most a quarter.  When
 * none are left, the answer is UNKNOWN unless a model of an answer before fits.
 */
void smt_budget(struct smt *s, unsigned steps);

/* Can all of these conditions hold at once?  None (0) and records are no condition. */
enum smt_answer smt_feasible(struct smt *s, const term_t *conditions, size_t nr);

/*
 * After SMT_YES: the value of a term in the model that was found, at its width; 0 or -ENOENT for
 * sorts that have no number.
 */
int smt_value(struct smt *s, term_t a, uint64_t *value);

char *smt_version(void);		/* "4.8.12"; caller frees */

#endif
