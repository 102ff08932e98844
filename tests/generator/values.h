/* SPDX-License-Identifier: GPL-2.0-only */
/* Where members lie: the layout of kernel.h's records, by the names that terms give them. */
#ifndef GENERATOR_VALUES_H
#define GENERATOR_VALUES_H

#include "parse/facts.h"
#include "trace.h"

struct member {
	const char *name;
	unsigned offset, size; /* bytes; size of a record that is a member, too */
	unsigned bit, bits;    /* of a bit-field; bits 0: none */
	bool is_signed;
	bool in_place; /* its FIELD's address is of the byte that it begins in */
};

/* A member of a record that travels by value, or a bit-field; NULL: none of these. */
const struct member *member_find(const char *name);
/* The same of the member at that offset in its record. */
const struct member *member_at(const char *name, uint64_t offset);
/* From now on members are what a unit's facts say, for all that it reads and writes. */
void members_learn(const struct unit *u);

uint64_t value_number(const struct value *v);
void value_set_number(struct value *v, uint64_t number, unsigned size);
bool value_equal(const struct value *a, const struct value *b, unsigned size);

/* A bit-field in the `size` bytes at p. */
uint64_t bits_read(const struct member *m, const unsigned char *p);
void bits_write(const struct member *m, unsigned char *p, uint64_t number);

#endif
