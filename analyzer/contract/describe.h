/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of a contract as text for a person.  Callers free what is returned; it is never NULL. */
#ifndef MMAPCONV_CONTRACT_DESCRIBE_H
#define MMAPCONV_CONTRACT_DESCRIBE_H

#include "contract/contract.h"

/* The condition that holds on a path with this guard: "size > dev->size", "!dev->base". */
char *guard_describe(const struct contract *c, const struct guard *g);

/* "vm_ops = &foo_vm_ops", "remap_pfn_range(vma, start, …)", "takes a lock: mutex_lock(&dev->lock)" */
char *effect_describe(const struct contract *c, const struct effect *e);

/*
 * Effects i, i + 1, … of a path that read as one: flags set, or cleared, in one line of the source.
 * Returns how many there are, at least 1.
 */
size_t effects_describe(const struct contract *c, const struct path *p, size_t i, char **text);

/* "0", "-EINVAL", "what foo() returns", "the error of foo()"; "nothing" of a void function */
char *result_describe(const struct contract *c, const struct path *p);

/* Why a path is not modelled, or NULL: it is.  Borrowed. */
const struct unmodelled *path_unmodelled(const struct contract *c, const struct path *p);

/* DELEGATE, ESCAPE: what a subsystem's helper of the model table does with the vma, or NULL. */
const char *effect_does(const struct effect *e);

#endif
