/* SPDX-License-Identifier: GPL-2.0-only */
/* Handlers run and predicted, and what came of it. */
#ifndef GENERATOR_TRIAL_H
#define GENERATOR_TRIAL_H

#include "batch.h"
#include "predict.h"

/* Ways in which a contract is made wrong, to see that the harness sees it. */
#define MUTATIONS(X) \
	X(GUARD, "a guard negated") \
	X(DROP, "an effect dropped") \
	X(FLAG, "another flag") \
	X(ARGUMENT, "another argument") \
	X(ORDER, "two effects swapped") \
	X(RESULT, "another result") X(CELL, "another final cell") X(PATH, "a path dropped")
enum mutation {
#define X(id, name) MUTATION_##id,
	MUTATIONS(X)
#undef X
		MUTATION_NR
};
extern const char *const mutation_names[MUTATION_NR];

/* Plain numbers: a child process fills it in in shared memory. */
enum { TOTAL_FUNCTIONS = 128 };
struct totals {
	unsigned zeros, errors, others; /* results */
	struct {
		char name[40];
		unsigned calls;
	} functions[TOTAL_FUNCTIONS]; /* that were called */
	unsigned runs, handlers, skipped, failed;
	unsigned verdicts[VERDICT_NR];
	unsigned construct_runs[USE_NR], construct_exact[USE_NR], construct_mismatch[USE_NR];
	unsigned mutants[MUTATION_NR], caught[MUTATION_NR];
	unsigned complete; /* contracts without an unmodelled path */
	unsigned paths;
	char kind[96]; /* the first mismatch, without its numbers */
};

struct trial {
	const struct workshop *shop;
	uint64_t seed;
	unsigned handlers, runs; /* how many of each */
	int only;		 /* this handler alone, or -1 */
	const char *cases;	 /* a file of handlers, instead of random ones; or NULL */
	bool mutate, verbose, quiet;
	const char *kind; /* only mismatches of that kind are counted as such; or NULL */
	const bool *skip; /* see batch_generate() */
	size_t nr_skip;
};

/* One batch, in this process.  Mismatches are printed unless quiet.  0 or -errno. */
int trial_run(const struct trial *t, struct totals *totals);

/* A request that the core can make, and that the handler's guards may look at. */
struct request trial_request(uint64_t *random, const struct handler *h);

/*
 * The run that w describes was predicted exactly: make its contract wrong in each way that shows in
 * this run, predict again, and count who is caught.
 */
void mutate(struct world *w, const struct outcome *got, size_t path, uint64_t *random, bool verbose,
	    struct totals *totals);

#endif
