/* SPDX-License-Identifier: GPL-2.0-only */
/* What smt.c and smt_terms.c share; nobody else includes it. */
#ifndef MMAPCONV_CONTRACT_SMT_INTERNAL_H
#define MMAPCONV_CONTRACT_SMT_INTERNAL_H

#include <z3.h>

#include "contract/smt.h"

enum { SMT_MODELS = 4 };

struct smt {
	const struct terms *t;
	Z3_context z3;
	Z3_solver solver;
	/* Of the last answers that were YES, the newest first; NULL: none. */
	Z3_model models[SMT_MODELS];
	size_t nr_model_facts[SMT_MODELS];	/* of the facts those that it was made with */
	bool has_witness;		/* the last answer was YES, by models[0] */
	Z3_ast start, end;		/* of the request */
	Z3_ast *asts;			/* by term; NULL: not translated yet */
	size_t nr_asts;
	VEC(term_t) stack;		/* of smt_term(), smt_weight() */
	uint32_t *seen;			/* by term: the last question it was weighed for */
	uint32_t question;
	VEC(Z3_ast) objects;		/* addresses of variables met so far */
	VEC(Z3_ast) facts;		/* everything asserted for good */
	unsigned budget;		/* steps of all questions together, 0: as many as they want */
	unsigned limit;			/* steps of the next question */
	bool is_spent;			/* no steps are left for another one */
	bool is_broken;			/* Z3 refused a term: no answer any more */
};

/*
 * The term for Z3: a bit-vector of its width, Bool for BOOL, else a constant of an uninterpreted
 * sort; NULL if Z3 refused.  Outside of push() only, for it asserts what holds of the variables
 * that it meets.
 */
Z3_ast smt_term(struct smt *s, term_t a);

/*
 * How much work the conditions together are, in additions: Z3 meters its search, but not what it
 * does before, which grows faster than this.
 */
unsigned long smt_weight(struct smt *s, const term_t *conditions, size_t nr);

/* A SYMBOL's constant; start and end are the request's own terms. */
Z3_ast smt_symbol(struct smt *s, const char *name, unsigned width);
Z3_ast smt_number(struct smt *s, uint64_t value, unsigned width);
void smt_assert_fact(struct smt *s, Z3_ast fact);

#endif
