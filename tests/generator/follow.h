/* SPDX-License-Identifier: GPL-2.0-only */
/* A path's effects beside a run's events. */
#ifndef GENERATOR_FOLLOW_H
#define GENERATOR_FOLLOW_H

#include "predict.h"

struct follow {
	struct world *w;
	const struct path *p;
	const struct outcome *got;
	unsigned char memory[TRACE_MEMORY]; /* as the contract has it */
	bool open[TRACE_MEMORY];	    /* bytes of which it says nothing */
	unsigned event;			    /* the next one */
	const char *left_open;		    /* the first thing that was not known, or NULL */
	char *why;			    /* the first thing that is not so */
};

/* true: effects, memory, result and cells are what the run shows, as far as they are known. */
bool follow_path(struct follow *f);

#endif
