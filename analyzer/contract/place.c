// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where an address lies, in bits of its object, and which places may be the same.  Of one object the
 * layout decides.  Of two, of which nobody knows whether they are one, the member's name does; members
 * of unions may be each other under any name.
 */
#include <stdlib.h>

#include "contract/engine.h"

static unsigned storage(struct ctype type)
{
	return type.kind == CTYPE_BOOL ? 8 : ctype_width(type);
}

uint64_t member_offset(const struct node *n)
{
	if (!n->field_bits || n->offset >= FIELD_MAX_OFFSET)
		return n->offset;
	return n->offset + ((uint64_t)(n->first_bit + 1) << FIELD_FIRST_BIT);
}

static const struct member *member_find(const struct engine *e, term_t field)
{
	uint32_t i = field < e->member_of.nr ? e->member_of.items[field] : 0;

	return i ? &e->members.items[i - 1] : NULL;
}

void member_know(struct engine *e, term_t field, const struct node *n, const char *record)
{
	const char *tag = record ? strstr(record, "struct ") : NULL;
	struct member *m;

	if (member_find(e, field))
		return;
	while (e->member_of.nr <= field)
		*vec_push(&e->member_of) = 0;
	m = vec_push(&e->members);
	m->tag = tag ? xstrndup(tag + 7, strcspn(tag + 7, " *")) : NULL;
	m->bits = n->field_bits ? n->field_bits : storage(n->ctype) ? storage(n->ctype) : 8 * (uint64_t)n->size;
	m->first_bit = n->first_bit;
	m->is_bit_field = n->field_bits != 0;
	m->in_union = n->in_union;
	e->member_of.items[field] = (uint32_t)e->members.nr;
}

const char *member_tag(const struct engine *e, term_t field)
{
	const struct member *m = member_find(e, field);

	return m ? m->tag : NULL;
}

void members_free(struct engine *e)
{
	struct member *m;

	vec_each(m, &e->members)
		free(m->tag);
	vec_free(&e->members);
	vec_free(&e->member_of);
}

struct place place_of(const struct engine *e, term_t address, struct ctype type)
{
	struct place p = { 0 };
	const struct member *m;
	const struct term *x;
	int64_t bytes;

	address = term_strip(e->t, address);
	p.base = term_base(e->t, address, &bytes);
	p.first = bytes * 8;
	x = term_at(e->t, address);
	if (is_vma_cell(e, address)) {
		p.bits = 8 * VMA_CELL_SIZE;
		return p;
	}
	m = member_find(e, address);
	if (m && m->is_bit_field && x->op == TERM_FIELD && x->value >= FIELD_MAX_OFFSET)
		p.first += m->first_bit - 8 * ((int64_t)(m->first_bit + 1) << FIELD_FIRST_BIT);
	else if (m)
		p.first += m->first_bit;
	if (m && m->is_bit_field)
		p.bits = m->bits;
	else if (storage(type))
		p.bits = storage(type);
	else if (m)
		p.bits = m->bits;
	else if (x->op == TERM_ELEMENT)
		p.bits = 8 * x->value;
	return p;
}

bool place_same(struct place a, struct place b)
{
	return a.base == b.base && a.first == b.first && a.bits == b.bits;
}

bool place_overlap(struct place a, struct place b)
{
	return a.base == b.base && (!a.bits || b.first < a.first + (int64_t)a.bits) &&
	       (!b.bits || a.first < b.first + (int64_t)b.bits);
}

bool place_in_union(const struct engine *e, term_t address, term_t above)
{
	const struct member *m;
	const struct term *x;

	for (; address && address != above; address = x->a) {
		address = term_strip(e->t, address);
		x = term_at(e->t, address);
		if (x->op != TERM_FIELD && x->op != TERM_ELEMENT)
			return false;
		m = member_find(e, address);
		if (m && m->in_union)
			return true;
	}
	return false;
}

bool place_runs_over(const struct engine *e, term_t address, struct ctype type)
{
	const struct member *m = member_find(e, term_strip(e->t, address));
	const struct term *x = term_at(e->t, term_strip(e->t, address));

	if (m)
		return !m->is_bit_field && m->bits && storage(type) > m->bits;
	return x->op == TERM_ELEMENT && storage(type) > 8 * x->value;
}

const char *place_name(const struct terms *t, term_t address)
{
	struct term x = *term_at(t, address);

	while (x.op == TERM_ELEMENT)
		x = *term_at(t, x.a);
	return x.op == TERM_FIELD || x.op == TERM_GLOBAL ? x.name : NULL;
}

bool may_alias(const struct engine *e, const struct cell *c, term_t address, struct ctype type)
{
	struct place at = place_of(e, address, type);
	const char *n, *m;

	if (c->at.base == at.base)
		return place_overlap(c->at, at) && !is_below(e->t, address, c->address);
	if (term_at(e->t, c->value)->type.kind == CTYPE_RECORD || place_runs_over(e, address, type) ||
	    (place_in_union(e, address, 0) && place_in_union(e, c->address, 0)))
		return true;
	n = place_name(e->t, c->address);
	m = place_name(e->t, address);
	return !n || !m || !strcmp(n, m);
}
