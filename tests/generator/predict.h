/* SPDX-License-Identifier: GPL-2.0-only */
/* Did the contract say what the run did? */
#ifndef GENERATOR_PREDICT_H
#define GENERATOR_PREDICT_H

#include "world.h"

enum verdict {
	VERDICT_EXACT,	    /* one path, all of it known and all of it so */
	VERDICT_OPEN,	    /* it fits, but the contract leaves something open */
	VERDICT_UNMODELLED, /* the path that fits says that it is not modelled */
	VERDICT_MISMATCH,
	VERDICT_NR
};

struct outcome {
	int result;
	unsigned char *memory; /* at the end */
};

struct prediction {
	enum verdict verdict;
	size_t path;	  /* the one that was taken, when there is one */
	unsigned fitting; /* how many can be it */
	const char *open; /* OPEN: what is */
	char *why;	  /* of a MISMATCH; prediction_free() frees */
};

/* The run is in w->run->trace and `got`; world_begin() was called with the memory before it. */
void predict(struct world *w, const struct outcome *got, struct prediction *p);
void prediction_free(struct prediction *p);

#endif
