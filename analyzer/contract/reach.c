// SPDX-License-Identifier: GPL-2.0-only
/* What whoever has a value can get at: of the function's own memory, and the mapping. */
#include "contract/engine.h"

struct reach { struct engine *e; struct state *s; VEC(term_t) roots; };

static void reach_root(struct reach *r, term_t root);

/* The objects that whoever has this value can get at, of the function's own and the mapping. */
static void reach_value(struct reach *r, term_t value, unsigned depth)
{
	struct term x = *term_at(r->e->t, value);

	if (!value || depth > 64)
		return;
	switch (x.op) {
	case TERM_LOCAL:
		reach_root(r, value);
		break;
	case TERM_SYMBOL:
		if (value == r->e->vma)
			reach_root(r, value);
		break;
	case TERM_FIELD:
	case TERM_ELEMENT:
	case TERM_ZEXT:
	case TERM_SEXT:
	case TERM_TRUNC:
		reach_value(r, x.a, depth + 1);
		break;
	case TERM_ADD:
	case TERM_SUB:
	case TERM_LIST:
		reach_value(r, x.a, depth + 1);
		reach_value(r, x.b, depth + 1);
		break;
	case TERM_ITE:
		reach_value(r, x.b, depth + 1);
		reach_value(r, x.c, depth + 1);
		break;
	case TERM_CALL:
		if (!x.value || (x.name && x.name[0] == '{'))
			reach_value(r, x.b, depth + 1);
		break;
	default:
		break;
	}
}

static void reach_root(struct reach *r, term_t root)
{
	size_t i;
	term_t *k;

	vec_each(k, &r->roots)
		if (*k == root)
			return;
	*vec_push(&r->roots) = root;
	for (i = 0; i < r->s->cells.nr; i++)
		if (address_root(r->e->t, r->s->cells.items[i].address) == root)
			reach_value(r, r->s->cells.items[i].value, 0);
}

bool reaches(struct engine *e, struct state *s, const term_t *values, size_t nr, term_t root)
{
	struct reach r = { .e = e, .s = s };
	bool found = false;
	term_t *k;
	size_t i;

	for (i = 0; i < nr; i++)
		reach_value(&r, values[i], 0);
	vec_each(k, &r.roots)
		found |= *k == root;
	vec_free(&r.roots);
	return found;
}

bool state_has_let_out(const struct state *s, term_t root)
{
	const term_t *k;

	vec_each(k, &s->escaped)
		if (*k == root)
			return true;
	return false;
}

bool state_let_out(struct state *s, term_t root)
{
	if (state_has_let_out(s, root))
		return false;
	*vec_push(&s->escaped) = root;
	return true;
}

void memory_escape(struct engine *e, struct state *s, const term_t *values, size_t nr)
{
	struct reach r = { .e = e, .s = s };
	term_t *k;
	size_t i;

	for (i = 0; i < nr; i++)
		reach_value(&r, values[i], 0);
	vec_each(k, &r.roots)
		state_let_out(s, *k);
	vec_free(&r.roots);
}

void effect_sees(struct engine *e, struct state *s, struct effect *f, const term_t *values, size_t nr)
{
	const struct cell *c;
	term_t root;

	vec_each(c, &s->cells) {
		root = address_root(e->t, c->address);
		if (term_at(e->t, root)->op != TERM_LOCAL || (!state_has_let_out(s, root) && !reaches(e, s, values, nr, root)))
			continue;
		*vec_push(&f->sees) = c->address;
		*vec_push(&f->sees) = c->value;
	}
	/* Whoever was given the vma before can look at it; what populates is compared with the mapping anyway. */
	if (f->kind != EFFECT_ACTION && state_has_let_out(s, e->vma))
		effect_sees_mapping(e, s, f);
}

void effect_sees_mapping(struct engine *e, struct state *s, struct effect *f)
{
	term_t value;
	unsigned k;

	for (k = 0; k < CELL_NR; k++) {
		value = vma_cell_read(e, s, (enum vma_cell)k);
		*vec_push(&f->sees) = vma_cell_address(e, (enum vma_cell)k);
		*vec_push(&f->sees) = value;
	}
}
