/* SPDX-License-Identifier: GPL-2.0-only */
/* What kernel functions do, as far as a mmap handler can tell.  One row a function: models.c. */
#ifndef MMAPCONV_CONTRACT_MODELS_H
#define MMAPCONV_CONTRACT_MODELS_H

#include "contract/contract.h"

enum model_kind {
	MODEL_PURE,		/* reads only, or does what a second time changes nothing */
	MODEL_FLAGS_SET,	/* (vma, flags) */
	MODEL_FLAGS_CLEAR,
	MODEL_FLAGS_MOD,	/* (vma, set, clear) */
	MODEL_FLAGS_INIT,	/* (vma, flags): all flags replaced */
	MODEL_ACTION,
	MODEL_GENERIC,
	MODEL_STACK,
	MODEL_SET_FILE,
	MODEL_TAKE,
	MODEL_DROP,
	MODEL_WRITE,		/* writes what its first argument points to, nothing else */
};

struct model {
	const char *name;	/* the function; a trailing '*' matches any rest */
	enum model_kind kind;
	enum action_kind action;
	enum state_kind state;
	signed char size_arg;	/* ACTION: the argument that holds the size in bytes, or -1 */
	signed char prot_arg;	/* ACTION: the argument that holds the protection, or -1 */
	const char *mirrors;	/* where the kernel defines it */
};

/* NULL: not modelled. */
const struct model *model_find(const char *function);

#endif
