// SPDX-License-Identifier: GPL-2.0-only
#include "values.h"

#include <string.h>

#include "contract/contract.h"

/* Bit-fields lie as gcc lays them out on little-endian machines. */
static const struct member members[] = {
	{ "pgprot", 0, 8, 0, 0, false, false },
	{ "*", 0, 8, 0, 0, false, false },
	{ "base", 0, 4, 0, 0, false, false },
	{ "len", 4, 4, 0, 0, false, false },
	{ "inner", 0, 8, 0, 0, false, false },
	{ "tag", 8, 8, 0, 0, false, false },
	{ "lead", 0, 2, 0, 0, false, false },
	{ "tail", 2, 2, 0, 0, false, false },
	{ "shift", 4, 4, 0, 0, false, false },
	{ "reg", 0, 16, 0, 0, false, false },
	{ "lo", 0, 4, 0, 3, false, false },
	{ "mid", 0, 4, 3, 7, false, false },
	{ "sig", 0, 4, 10, 6, true, false },
	{ "top", 0, 4, 16, 16, false, false },
	{ "on", 0, 2, 0, 1, false, false },
	{ "kind", 0, 2, 1, 3, false, false },
	{ "wide", 0, 2, 4, 12, false, false },
	/* Of a device: records as members. */
	{ "region", 0, 8, 0, 0, false, false },
	{ "window", 0, 16, 0, 0, false, false },
	{ "regs", 0, 16, 0, 0, false, false },
	{ "bits", 0, 4, 0, 0, false, false },
	{ "modes", 0, 2, 0, 0, false, false },
	{ "vm_page_prot", 0, 8, 0, 0, false, false },
};

static VEC(struct member) learned;
static bool has_learned;

void members_learn(const struct unit *u)
{
	const struct node *n;
	struct member *m;
	size_t i;

	has_learned = true;
	for (i = 1; i < u->nr_nodes; i++) {
		n = &u->nodes[i];
		if ((n->kind != NODE_MEMBER && n->kind != NODE_DESIGNATE) || !n->name ||
		    member_at(n->name, member_offset(n)))
			continue;
		m = vec_push(&learned);
		*m = (struct member){ .name = n->name,
				      .offset = member_offset(n),
				      .size = n->field_bits
						      ? (n->first_bit + n->field_bits + 7u) / 8
					      : n->size			    ? n->size
					      : n->ctype.kind == CTYPE_BOOL ? 1
									    : n->ctype.bits / 8u,
				      .bit = n->first_bit,
				      .bits = n->field_bits,
				      .is_signed = n->ctype.is_signed,
				      .in_place = true };
	}
}

const struct member *member_at(const char *name, uint64_t offset)
{
	const struct member *m;

	if (!has_learned)
		return member_find(name);
	vec_each (m, &learned)
		if (name && m->offset == offset && !strcmp(m->name, name))
			return m;
	return NULL;
}

const struct member *member_find(const char *name)
{
	const struct member *m;
	size_t i;

	if (has_learned) {
		vec_each (m, &learned)
			if (name && !strcmp(m->name, name))
				return m;
		return NULL;
	}
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
