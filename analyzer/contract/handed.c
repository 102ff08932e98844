// SPDX-License-Identifier: GPL-2.0-only
/* Paths that end with `return other_mmap(file, vma);` or `return other_mmap_prepare(desc);`. */
#include <stdlib.h>
#include <string.h>

#include "contract/contract.h"

static bool is_symbol(const struct terms *t, term_t a, const char *name)
{
	const struct term *x = term_at(t, term_strip(t, a));

	return x->op == TERM_SYMBOL && !strcmp(x->name, name);
}

/* Its arguments are the function's own, and nothing else. */
static bool hands_on(const struct terms *t, const struct effect *e)
{
	size_t nr = e->args.nr;

	return (nr == 1 || (nr == 2 && is_symbol(t, e->args.items[0], "file"))) && is_symbol(t, e->args.items[nr - 1], "vma");
}

const term_t *effect_mapping(const struct contract *c, const struct effect *e)
{
	const term_t *last;
	size_t k;

	if ((e->kind != EFFECT_DELEGATE && e->kind != EFFECT_ESCAPE) || e->sees.nr < 2 * CELL_NR)
		return NULL;
	last = e->sees.items + e->sees.nr - 2 * CELL_NR;
	for (k = 0; k < CELL_NR; k++)
		if (term_at(c->terms, last[2 * k])->op != TERM_FIELD || !is_symbol(c->terms, term_at(c->terms, last[2 * k])->a, "vma"))
			return NULL;
	return last;
}

/* Is a term one of what came after the effect: its result, memory that it changed, what was made up then? */
static bool is_later(const struct contract *c, const struct effect *e, term_t a)
{
	uint64_t *bits = term_reach(c->terms, a);
	const struct term *x;
	bool later = false;
	term_t i;

	for (i = 1; i <= a; i++) {
		if (!(bits[i / 64] >> i % 64 & 1))
			continue;
		x = term_at(c->terms, i);
		later |= i == e->result || (x->op == TERM_LOAD && x->value > e->memory) ||
			 (x->op == TERM_CALL && x->value & TERM_CALL_STATE && (x->value & ~TERM_CALL_STATE) > e->memory) ||
			 (x->op == TERM_FRESH && x->value > e->fresh);
	}
	free(bits);
	return later;
}

const struct effect *path_handed_on(const struct contract *c, const struct path *p)
{
	const struct effect *e = p->effects.nr ? &c->effects[p->effects.items[p->effects.nr - 1]] : NULL;
	const struct unmodelled *m = p->unmodelled ? &c->unmodelled.items[p->unmodelled - 1] : NULL;
	const struct guard *g;

	/* Nothing is unmodelled but this, and nothing stands between it and the return. */
	if (!e || !effect_mapping(c, e) || !hands_on(c->terms, e) || e->in_loop || e->loop || !m || m->whole || !m->by_effect ||
	    m->line != e->line || p->line != e->line || !e->result || !p->result_term ||
	    term_strip(c->terms, p->result_term) != term_strip(c->terms, e->result))
		return NULL;
	vec_each(g, &p->guards)
		if (!g->term || is_later(c, e, g->term))
			return NULL;
	return e;
}
