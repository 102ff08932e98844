/* SPDX-License-Identifier: GPL-2.0-only */
/* A batch as the compilers see it: facts from libclang, machine code from gcc. */
#ifndef GENERATOR_BATCH_H
#define GENERATOR_BATCH_H

#include "gen.h"
#include "parse/facts.h"

struct workshop {
	char *scratch, *kernel;
}; /* folders: of ours, and of kernel.h and its kin */

/* Compile the helpers once.  0 or -errno after a message. */
int workshop_open(struct workshop *w, const char *scratch, const char *kernel);
void workshop_close(struct workshop *w);

struct loaded {
	void *handle; /* of dlopen() */
	struct run_interface *run;
	struct unit unit;
};

/* 0 or -errno; quiet: no message when the text does not compile. */
int batch_load(const struct workshop *w, const struct batch *b, bool quiet, struct loaded *l);
void batch_unload(struct loaded *l);

#endif
