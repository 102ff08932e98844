/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside follow*.c: the memory of a path that is followed. */
#ifndef GENERATOR_FOLLOW_INTERNAL_H
#define GENERATOR_FOLLOW_INTERNAL_H

#include "follow.h"

/* Why it is not so; owned from now on, the first one is kept.  Always false. */
bool follow_fail(struct follow *f, char *why);
/* What is not known; the first one is kept, not copied. */
void follow_leave_open(struct follow *f, const char *what);

size_t follow_memory_size(const struct follow *f);
bool follow_within(const struct follow *f, uint64_t address, size_t size);
/* What the contract says stands in memory, against what does; then go on with what does. */
bool follow_same_memory(struct follow *f, const unsigned char *now, const char *when);
/* Where the mapping's cells are in memory, and how the kernel's header calls them. */
unsigned char *follow_cell(const struct follow *f, const unsigned char *memory, enum vma_cell cell);

/* An effect that stores, sets a cell, changes flags.  False: follow_fail() was called. */
bool follow_store(struct follow *f, const struct effect *e);
bool follow_set_cell(struct follow *f, const struct effect *e, enum vma_cell cell);
bool follow_flags(struct follow *f, const struct effect *e);

#endif
