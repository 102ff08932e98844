// SPDX-License-Identifier: GPL-2.0-only
#include "values.h"

#include <string.h>

/* Bit-fields lie as gcc lays them out on little-endian machines. */
static const struct member members[] = {
	{ "pgprot", 0, 8, 0, 0, false },
	{ "*", 0, 8, 0, 0, false },
	{ "base", 0, 4, 0, 0, false },
	{ "len", 4, 4, 0, 0, false },
	{ "inner", 0, 8, 0, 0, false },
	{ "tag", 8, 8, 0, 0, false },
	{ "lead", 0, 2, 0, 0, false },
	{ "tail", 2, 2, 0, 0, false },
	{ "shift", 4, 4, 0, 0, false },
	{ "reg", 0, 16, 0, 0, false },
	{ "lo", 0, 4, 0, 3, false },
	{ "mid", 0, 4, 3, 7, false },
	{ "sig", 0, 4, 10, 6, true },
	{ "top", 0, 4, 16, 16, false },
	{ "on", 0, 2, 0, 1, false },
	{ "kind", 0, 2, 1, 3, false },
	{ "wide", 0, 2, 4, 12, false },
	/* Of a device: records as members. */
	{ "region", 0, 8, 0, 0, false },
	{ "window", 0, 16, 0, 0, false },
	{ "regs", 0, 16, 0, 0, false },
	{ "bits", 0, 4, 0, 0, false },
	{ "modes", 0, 2, 0, 0, false },
	{ "vm_page_prot", 0, 8, 0, 0, false },
};

const struct member *member_find(const char *name)
{
	size_t i;

	for (i = 0; name && i < sizeof(members) / sizeof(*members); i++)
		if (!strcmp(members[i].name, name))
			return &members[i];
	return NULL;
}

uint64_t value_number(const struct value *v)
{
	uint64_t n = 0;

	memcpy(&n, v->bytes, v->size < sizeof(n) ? v->size : sizeof(n));
	return n;
}

void value_set_number(struct value *v, uint64_t number, unsigned size)
{
	memset(v, 0, sizeof(*v));
	v->size = size && size <= sizeof(number) ? size : sizeof(number);
	memcpy(v->bytes, &number, v->size);
}

bool value_equal(const struct value *a, const struct value *b, unsigned size)
{
	return !memcmp(a->bytes, b->bytes, size < VALUE_BYTES ? size : VALUE_BYTES);
}

uint64_t bits_read(const struct member *m, const unsigned char *p)
{
	uint64_t n = 0;

	memcpy(&n, p, m->size);
	n = n >> m->bit & ((1ULL << m->bits) - 1);
	if (m->is_signed && n >> (m->bits - 1))
		n |= ~0ULL << m->bits;
	return n;
}

void bits_write(const struct member *m, unsigned char *p, uint64_t number)
{
	uint64_t n = 0, mask = ((1ULL << m->bits) - 1) << m->bit;

	memcpy(&n, p, m->size);
	n = (n & ~mask) | (number << m->bit & mask);
	memcpy(p, &n, m->size);
}
