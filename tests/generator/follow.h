/* SPDX-License-Identifier: GPL-2.0-only */
/* A path's effects beside a run's events. */
#ifndef GENERATOR_FOLLOW_H
#define GENERATOR_FOLLOW_H

#include "predict.h"

struct follow {
	struct world *w;
	const struct path *p;
	const struct outcome *got;
	unsigned char *memory; /* as the contract has it */
	bool *open;	       /* bytes of which it says nothing */
	unsigned event;	       /* the next one */
	const char *left_open; /* the first thing that was not known, or NULL */
	char *why;	       /* the first thing that is not so */
};

/*
 * f->w, p and got are set; follow_free() frees what it made.  true: effects, memory, result and cells
 * are what the run shows, as far as they are known.
 */
bool follow_path(struct follow *f);
void follow_free(struct follow *f);

#endif
