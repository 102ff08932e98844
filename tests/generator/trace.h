/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a run of a handler leaves behind: every call of a kernel helper with its arguments, its
 * result and the memory around it.  Shared by kernel_*.c, which write it inside the shared object of
 * a batch, and by the harness, which reads it.
 */
#ifndef GENERATOR_TRACE_H
#define GENERATOR_TRACE_H

#include <stdint.h>
#ifndef GENERATOR_KERNEL_H /* it has names of its own for these */
#include <stdbool.h>
#include <stddef.h>
#endif

enum { TRACE_EVENTS = 160, TRACE_ARGS = 6, VALUE_BYTES = 32 };

/* A scalar, or a record by value. */
struct value {
	unsigned char bytes[VALUE_BYTES];
	unsigned size;
};

struct event {
	const char *name;
	struct value args[TRACE_ARGS], result;
	unsigned nr_args;
	unsigned char *before, *after; /* the memory, memory_size bytes */
};

/* What becomes of a mapping that a hook lets pass: a new one, none for want of memory, part of another if it can be. */
enum core_way { CORE_NEW, CORE_NO_MEMORY, CORE_MERGES };

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
	/*
	 * What is looked at, of the driver and of the mapping: how long a copy of it is, where in a copy
	 * an object of `size` bytes is (-1: not in it), and a copy of it as it is now.
	 */
	size_t memory_size;
	long (*offset)(uint64_t address, size_t size);
	void (*copy)(unsigned char *to);
	unsigned char *fresh; /* the part of it that kmalloc() hands out */
	size_t fresh_size;
	const void *vma, *file, *mm;
	size_t vma_size;
	unsigned cells[9]; /* where the vma has what CELL_… of contract.h name */
	/* The same for a hook: its descriptor. */
	const void *desc;
	unsigned desc_cells[9];
	/* Random memory and dictated results from now on; `hints`: numbers that guards look at. */
	void (*setup)(uint64_t seed, const struct request *r, const uint64_t *hints,
		      size_t nr_hints);
	int (*run)(int (*handler)(void *file, void *vma), bool hook);
	/* A hook has returned that: the core goes on. */
	int (*complete)(int result, enum core_way way);
	/* Nobody but the handler writes, until the next setup(). */
	void (*be_still)(void);
	/* What the page tables were filled with: a struct populated. */
	const void *populated;
	size_t populated_size;
	/*
	 * A helper that changes nothing: its result from its arguments and from what the memory was then
	 * (NULL: not known).  False: not one of these.
	 */
	bool (*pure)(const char *name, const struct value *args, unsigned nr,
		     const unsigned char *then, struct value *result);
	/* An address that a pointer of the driver can hold?  `size` bytes. */
	bool (*readable)(uint64_t address, size_t size);
	/*
	 * Of code that was not made for this (real_*.c), else NULL and false: calls that the compiler
	 * put into the caller, calls that are no effect of the source, another name of a call, what a
	 * parameter other than the vma and the file is; and arguments are registers.
	 */
	bool (*parameter)(const char *name, uint64_t *value);
	bool (*inlined)(const char *function);
	bool (*ignored)(const char *function);
	bool (*same_function)(const char *function, const char *called);
	/* The called one is the same, but for its arguments. */
	bool (*other_arguments)(const char *function, const char *called);
	bool registers;
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

/* Often one that a guard looks at.  hints: numbers that guards look at, nr of them. */
static inline uint64_t random_word(uint64_t *state, const uint64_t *hints, size_t nr)
{
	uint64_t v = random_next(state);

	switch (random_below(state, 8)) {
	case 0:
		return v;
	case 1:
		return v >> (v & 63);
	case 2:
		return -(v & 0x1f);
	case 3:
		return v & 0xf;
	case 4:
		return 0;
	case 5: /* pages */
		return (1 + (v & 0xff)) << 12;
	default:
		v = nr ? hints[v % nr] : v & 0xff;
		return random_below(state, 4) ? v : v + random_below(state, 3) - 1;
	}
}

#endif
