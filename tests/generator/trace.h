/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a run of a handler leaves behind: every call of a kernel helper with its arguments, its
 * result and the memory around it.  Shared by kernel.c, which writes it inside the shared object of
 * a batch, and by the harness, which reads it.
 */
#ifndef GENERATOR_TRACE_H
#define GENERATOR_TRACE_H

#include <stdint.h>
#ifndef GENERATOR_KERNEL_H /* it has names of its own for these */
#include <stdbool.h>
#include <stddef.h>
#endif

enum { TRACE_EVENTS = 160, TRACE_ARGS = 6, TRACE_MEMORY = 4096, VALUE_BYTES = 32 };

/* A scalar, or a record by value. */
struct value {
	unsigned char bytes[VALUE_BYTES];
	unsigned size;
};

struct event {
	const char *name;
	struct value args[TRACE_ARGS], result;
	unsigned nr_args;
	unsigned char before[TRACE_MEMORY], after[TRACE_MEMORY];
};

struct trace {
	struct event events[TRACE_EVENTS];
	unsigned nr;
	bool overflow; /* there were more */
};

/* What the core passes to a handler. */
struct request {
	uint64_t start, end, pgoff, flags, prot, private_data, vm_ops, f_mode, f_flags;
	unsigned device; /* which one the file belongs to */
};

/* What a batch's shared object offers: its symbol `run_interface`. */
struct run_interface {
	struct trace *trace;
	unsigned char *memory; /* of the driver and of the mapping */
	size_t memory_size;
	unsigned char *fresh; /* the part of it that kmalloc() hands out */
	size_t fresh_size;
	const void *vma, *file, *mm;
	/* Random memory and dictated results from now on; `hints`: numbers that guards look at. */
	void (*setup)(uint64_t seed, const struct request *r, const uint64_t *hints,
		      size_t nr_hints);
	int (*run)(int (*handler)(void *file, void *vma));
	/*
	 * A helper that changes nothing: its result from its arguments and from what the memory was then
	 * (NULL: not known).  False: not one of these.
	 */
	bool (*pure)(const char *name, const struct value *args, unsigned nr,
		     const unsigned char *then, struct value *result);
	/* An address that a pointer of the driver can hold?  `size` bytes. */
	bool (*readable)(uint64_t address, size_t size);
};

/* The same numbers on every machine. */
static inline uint64_t random_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15ULL);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

static inline uint64_t random_below(uint64_t *state, uint64_t n)
{
	return random_next(state) % n;
}

#endif
