/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernel functions do, as far as a mmap handler can tell.  One row a function: models.c.
 *
 * To add one: a row (the function, what it does, where the kernel defines it) and a case in
 * tests/unit/test_contract_models.c.  A static inline of a header needs no row unless what it does
 * depends on the architecture or the configuration: it is read from the header.
 *
 * A subsystem's helper that gets the vma can be a row only if nothing that it calls is a driver's: then all
 * that it may write is known, and it is said.  One that calls a driver's callback stays unmodelled.
 */
#ifndef MMAPCONV_CONTRACT_MODELS_H
#define MMAPCONV_CONTRACT_MODELS_H

#include "contract/contract.h"

enum model_kind {
	MODEL_PURE,		/* reads only, or does what a second time changes nothing; a body is preferred */
	MODEL_READ,		/* like it, but never looked into: what its arguments point to, read in its own way */
	MODEL_VALUE,		/* a function of its arguments' values, the same everywhere: never looked into */
	MODEL_FLAGS_SET,	/* (vma, flags) */
	MODEL_FLAGS_CLEAR,
	MODEL_FLAGS_MOD,	/* (vma, set, clear) */
	MODEL_FLAGS_INIT,	/* (vma, flags): all flags replaced */
	MODEL_BITS_SET,		/* (desc, VMA_A_BIT, …) */
	MODEL_BITS_CLEAR,
	MODEL_BITS_TEST_ANY,	/* is one of them set? */
	MODEL_BITS_TEST_ALL,
	MODEL_MASK_TEST_ANY,	/* (desc, mask) */
	MODEL_MASK_TEST_ALL,
	MODEL_BITS_MASK,	/* (VMA_A_BIT, …): the mask */
	MODEL_IDENTITY,		/* its argument in another type */
	MODEL_ACTION,
	MODEL_GENERIC,
	MODEL_STACK,
	MODEL_SET_FILE,
	MODEL_TAKE,
	MODEL_DROP,
	MODEL_WRITE,		/* writes what its first argument points to, nothing else */
	MODEL_OVERFLOW,		/* __builtin_add_overflow(a, b, &result) and its kin */
	MODEL_HELPER,		/* gets the vma, and writes no more of it than `writes`: `does` says what and when */
	MODEL_TOUCH,		/* changes nothing that a handler sees, but others see that it was called */
	MODEL_KEEPS,		/* changes nothing that a handler sees */
	MODEL_NORETURN,		/* the path ends there */
};

/* TAKE: is something taken whatever it returns? */
enum model_taken { TAKEN_ALWAYS, TAKEN_NONZERO, TAKEN_ZERO };

enum model_returns {
	RETURNS_ANY,
	RETURNS_ERRNO,		/* 0 or a negative errno */
};

struct model {
	const char *name;	/* the function; one '*' matches any text */
	enum model_kind kind;
	enum action_kind action;
	enum state_kind state;
	signed char size_arg;	/* ACTION: the argument that holds the size in bytes, or -1 */
	signed char prot_arg;	/* ACTION: the argument that holds the protection, or -1 */
	enum model_returns returns;
	bool deferred;		/* ACTION: asks the core to populate after the hook */
	bool wants_vma;		/* gets the vma, which a hook does not have: also an ESCAPE */
	unsigned short writes;	/* HELPER: bits of enum vma_cell */
	bool keeps_vma;		/* HELPER: and others can reach the vma from then on */
	bool of_private;	/* TAKE, DROP: of the vma it gets, what its vm_private_data is */
	enum model_taken taken;
	unsigned char follows;	/* TAKE: 1 + the argument whose reference it gives back, if that is not NULL; or 0 */
	bool none_for_null;	/* DROP: NULL is nothing to give back */
	bool returns_first;	/* TAKE: what it was given */
	bool follows_first;	/* TAKE: and that is not NULL, or the kernel stops there */
	bool sure_without;	/* TAKE, TAKEN_ZERO: a NULL as the last argument, and it returns 0 */
	const char *in;		/* only if the file that declares it has this in its path, or NULL */
	const char *does;	/* HELPER: for a reader, "sets page_prot, …" */
	const char *mirrors;	/* where the kernel defines it */
};

/* NULL: not modelled. */
const struct model *model_find(const char *function);
/* The i-th row, NULL behind the last. */
const struct model *model_row(size_t i);

#endif
