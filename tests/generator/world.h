/* SPDX-License-Identifier: GPL-2.0-only */
/* What a contract's terms are worth in one run. */
#ifndef GENERATOR_WORLD_H
#define GENERATOR_WORLD_H

#include "contract/contract.h"
#include "trace.h"
#include "values.h"

/* The memory of the driver and the mapping after an effect of a path. */
struct memory_state {
	bool known;
	unsigned char *bytes; /* memory_size of them, kept for the next path */
};

struct local_address {
	term_t local;
	uint64_t address;
};
struct known_value {
	uint64_t value;
	bool known;
};
struct call_event {
	term_t call;
	const struct event *event;
};

struct world {
	const struct contract *c;
	const struct run_interface *run;
	const struct request *request;
	uint64_t (*symbol)(void *ctx, const char *name); /* address of a global, or 0 */
	void *ctx;
	unsigned char *start;		 /* the memory at the call */
	const struct path *path;	 /* the one that is looked at */
	size_t nr_states;		 /* so many of them are of this path */
	VEC(struct memory_state) states; /* after its effects, as far as it was followed */
	VEC(struct local_address) locals;
	VEC(struct call_event) calls; /* of the path, beside what they were in the run */
	bool loops; /* the path has loops: the run may have more calls than it names */
	struct known_value *known; /* by term: what was found out in this run */
	bool verbose;		   /* print why a path does not fit */
	char *impure; /* a function without occurrence that answered in two ways, or NULL */
};

/*
 * 0 and the value; -ENODATA when the contract leaves it open (FRESH and what is made of it), or when
 * it is not known in this run.
 */
int world_value(struct world *w, term_t a, struct value *v);
int world_number(struct world *w, term_t a, uint64_t *number);
/* The address of an object; bit-field: the member when it is one, else NULL. */
int world_address(struct world *w, term_t a, uint64_t *address, const struct member **bit_field);

/* A run begins: memory at the call is copied, nothing is known. */
void world_begin(struct world *w, const unsigned char *memory);
/* The next path begins. */
void world_path(struct world *w, const struct path *p);
/* What the memory is after the next effect of the path; NULL: not known. */
void world_add_state(struct world *w, const unsigned char *memory);
void world_free(struct world *w);

/* The event of a call; nr: which of that name, from 1; NULL: there is none. */
const struct event *world_event(const struct world *w, const char *name, uint64_t nr);

#endif
