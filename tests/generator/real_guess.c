// SPDX-License-Identifier: GPL-2.0-only
/* What a run begins with: numbers at random, but such that guards are passed. */
#include <string.h>

#include "real.h"

bool real_learn(struct world *w)
{
	const struct terms *t = w->c->terms;
	const struct term *x, *f;
	const struct member *m;
	bool changed = false;
	uint64_t address;
	size_t i;

	for (i = 1; i < t->nr; i++) {
		x = term_at(t, (term_t)i);
		if (x->op != TERM_LOAD || world_number(w, x->a, &address))
			continue;
		f = term_at(t, x->a);
		m = f->op == TERM_FIELD ? member_at(f->name, f->value) : NULL;
		if (w->run->offset(address, 1) < 0) {
			if (!real_readable(address, 1))
				changed |= real_appear(address);
			continue;
		}
		if (m && m->bits)
			changed |= real_mark(address, MARK_NONE, 1);
		else if (x->type.kind == CTYPE_INT)
			changed |= real_mark(address, MARK_NONE, x->type.bits / 8);
		else if (x->type.kind == CTYPE_BOOL)
			changed |= real_mark(address, MARK_BOOL, 1);
		else if (x->type.kind == CTYPE_POINTER)
			changed |= real_mark(address, MARK_POINTER, 8);
	}
	return changed;
}

/* Where a number that is loaded stands; 0: it is none, or not known. */
static uint64_t load_address(struct world *w, term_t a, unsigned *size)
{
	const struct terms *t = w->c->terms;
	uint64_t address;

	a = term_strip(t, a);
	while (term_at(t, a)->op == TERM_ZEXT || term_at(t, a)->op == TERM_SEXT ||
	       term_at(t, a)->op == TERM_TRUNC)
		a = term_at(t, a)->a;
	*size = term_at(t, a)->type.bits / 8;
	if (term_at(t, a)->op != TERM_LOAD || term_at(t, a)->value ||
	    (term_at(t, a)->type.kind != CTYPE_INT && term_at(t, a)->type.kind != CTYPE_POINTER) ||
	    world_number(w, term_at(t, a)->a, &address) || !real_is_marked(address, *size))
		return 0;
	return address;
}

void real_meet(struct world *w, uint64_t *random)
{
	const struct terms *t = w->c->terms;
	uint64_t address, v;
	unsigned size, side;
	term_t a, b;
	size_t i;

	for (i = 1; i < t->nr; i++) {
		const struct term *x = term_at(t, (term_t)i);

		if (x->op != TERM_EQ && x->op != TERM_ULT && x->op != TERM_ULE &&
		    x->op != TERM_SLT && x->op != TERM_SLE)
			continue;
		if (random_below(random, 2))
			continue;
		side = (unsigned)random_below(random, 2);
		a = side ? x->a : x->b;
		b = side ? x->b : x->a;
		address = load_address(w, a, &size);
		if (!address || world_number(w, b, &v))
			continue;
		if (x->op != TERM_EQ)
			v += random_below(random, 3) - 1;
		memcpy((void *)address, &v, size);
		memcpy(w->start + w->run->offset(address, size), &v, size);
		memset(w->known, 0, t->nr * sizeof(*w->known));
	}
}

struct request real_request(const struct real_hints *hints, uint64_t *random)
{
	struct request r = { 0 };
	uint64_t pages = 1 + random_below(random, random_below(random, 4) ? 8 : 4096), v;

	if (hints->nr && !random_below(random, 3)) {
		v = hints->items[random_below(random, hints->nr)];
		v >>= random_below(random, 2) ? 12 : 0;
		pages = v && v < 1 << 24 ? v : pages;
	}
	r.start = (1 + random_below(random, 1ULL << 34)) << 12;
	r.end = r.start + (pages << 12);
	r.pgoff = random_below(random, 3) ? random_below(random, 3) ? 0 : random_below(random, 64)
					  : random_next(random) >> (13 + random_below(random, 40));
	if (hints->nr && !random_below(random, 4))
		r.pgoff = hints->items[random_below(random, hints->nr)] & 0xffffffffffff;
	r.flags = random_next(random) & 0xff;
	r.flags |= (r.flags & 0xf) << 4;
	r.prot = random_next(random) & 0xfff;
	return r;
}

void real_find_hints(const struct terms *t, struct real_hints *hints)
{
	const struct term *x;
	size_t i;

	for (i = 1; i < t->nr; i++) {
		x = term_at(t, (term_t)i);
		if (x->op == TERM_CONST)
			*vec_push(hints) = x->value;
	}
}
