// SPDX-License-Identifier: GPL-2.0-only
/*
 * Variables whose address others may hold, seen from outside: a pointer that is read from memory can point to them.
 * What the path writes to its own variables is no effect, so that no number tells when such a pointer shows it: it is
 * known there only as far as an effect has shown it, or has written it itself.
 */
#include "contract/engine.h"

static bool is_variable(const struct engine *e, term_t root)
{
	return term_at(e->t, root)->op == TERM_LOCAL;
}

/* Can the place of the outside be the cell of a variable?  A member is one of that name; of a record, any of its. */
static bool may_be(const struct engine *e, const struct cell *c, term_t address, struct ctype type)
{
	const char *name = place_name(e->t, address), *has = place_name(e->t, c->address);

	if (!name || type.kind == CTYPE_RECORD || type.kind == CTYPE_NONE || place_in_union(e, address, 0) ||
	    place_runs_over(e, address, type))
		return true;
	return has ? !strcmp(name, has) || place_in_union(e, c->address, 0) : !ctype_width(term_at(e->t, c->value)->type);
}

/* Does an effect of the path say what stands there now? */
static bool is_shown(const struct engine *e, const struct state *s, const struct cell *c)
{
	const struct term *x = term_at(e->t, c->value);
	const struct effect *f;
	const uint32_t *k;
	size_t i;

	/* An effect wrote it, and it has a name: memory_forget(). */
	if (x->op == TERM_FRESH && x->name && !strchr(x->name, ' '))
		return true;
	vec_each(k, &s->effects) {
		f = &e->c->effects[*k];
		for (i = 0; i + 1 < f->sees.nr; i += 2)
			if (f->sees.items[i] == c->address && f->sees.items[i + 1] == c->value)
				return true;
	}
	return false;
}

static bool may_be_mapping(struct engine *e, const struct state *s, term_t address)
{
	const char *tag = member_tag(e, address);

	return tag && str_starts(tag, "vm_area_") && state_has_let_out(s, e->vma);
}

bool outside_is_hidden(struct engine *e, const struct state *s, term_t address, struct ctype type)
{
	const struct cell *c;
	term_t root;

	if (!s->escaped.nr || term_at(e->t, address_root(e->t, address))->op == TERM_GLOBAL)
		return false;
	if (may_be_mapping(e, s, address))
		return true;
	vec_each(c, &s->cells) {
		root = address_root(e->t, c->address);
		if (is_variable(e, root) && state_has_let_out(s, root) && may_be(e, c, address, type) && !is_shown(e, s, c))
			return true;
	}
	return false;
}

void outside_forget_let_out(struct engine *e, struct state *s, term_t written, struct ctype type)
{
	struct cell at = { .address = written };
	const struct cell *c;
	size_t i, n = 0;
	term_t root;

	if (!state_has_let_out(s, address_root(e->t, written)))
		return;
	at.value = term_fresh(e->t, "written", type);
	for (i = 0; i < s->cells.nr; i++) {
		c = &s->cells.items[i];
		root = address_root(e->t, c->address);
		if (memory_is_own(e, root) || term_at(e->t, root)->op == TERM_GLOBAL ||
		    !may_be(e, &at, c->address, term_at(e->t, c->value)->type))
			s->cells.items[n++] = *c;
	}
	s->cells.nr = n;
}
