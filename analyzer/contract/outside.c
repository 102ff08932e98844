// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory outside: since when what stands there is as it is, and what a write there may change.
 * Every event that may change something has a number; a LOAD carries that of the last one that may have
 * changed what it reads.
 */
#include "contract/engine.h"

static const struct ctype none = { .kind = CTYPE_NONE };

bool memory_is_own(const struct engine *e, term_t root)
{
	return term_at(e->t, root)->op == TERM_LOCAL || root == e->vma;
}

uint64_t memory_version(const struct state *s)
{
	const struct version *v;
	uint64_t nr = 0;

	vec_each(v, &s->versions)
		nr = v->number > nr ? v->number : nr;
	return nr;
}

/* Since when what stands at an outside address, read as that type, is as it is. */
uint64_t outside_version(const struct engine *e, const struct state *s, term_t address, struct ctype type)
{
	const char *name = place_name(e->t, address);
	struct place at = place_of(e, address, type);
	const struct written *w;
	const struct version *v;
	uint64_t nr = 0;

	/* A record's members can have changed under other names. */
	if (!name || type.kind == CTYPE_RECORD || place_in_union(e, address, 0) || place_runs_over(e, address, type))
		return memory_version(s);
	vec_each(v, &s->versions)
		if ((!v->name || !strcmp(v->name, name)) && v->number > nr)
			nr = v->number;
	vec_each(w, &s->writes)
		if (w->number > nr && place_overlap(w->at, at))
			nr = w->number;
	return nr;
}

static void bump(struct engine *e, struct state *s, const char *name)
{
	struct version *v;

	e->numbers++;
	if (!name)
		vec_free(&s->writes);
	vec_each(v, &s->versions)
		if (v->name == name || (v->name && name && !strcmp(v->name, name))) {
			v->number = e->numbers;
			return;
		}
	v = vec_push(&s->versions);
	v->name = name;
	v->number = e->numbers;
}

/* Also a write under a name that is not the member's: of that object, who reads it there sees it. */
static void bump_place(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct place at = place_of(e, address, type);
	struct written *w;

	bump(e, s, place_runs_over(e, address, type) ? NULL : place_name(e->t, address));
	vec_each(w, &s->writes)
		if (place_same(w->at, at)) {
			w->number = e->numbers;
			return;
		}
	w = vec_push(&s->writes);
	w->at = at;
	w->number = e->numbers;
}

/* A pointer from outside can point to what others were given the address of. */
static void touch_escaped(struct engine *e, struct state *s, term_t address)
{
	const char *name = place_name(e->t, address), *has, *tag = member_tag(e, address);
	enum term_op op = term_at(e->t, address_root(e->t, address))->op;
	enum vma_cell cell;
	struct cell *c;

	if (!s->escaped.nr || op == TERM_GLOBAL)
		return;
	vec_each(c, &s->cells) {
		has = place_name(e->t, c->address);
		if (term_at(e->t, address_root(e->t, c->address))->op == TERM_LOCAL &&
		    state_has_let_out(s, address_root(e->t, c->address)) && (!name || (has && !strcmp(has, name))))
			c->value = term_fresh(e->t, "written through a pointer", none);
	}
	cell = tag && str_starts(tag, "vm_area_") ? vma_cell_of(name) : CELL_NR;
	if (cell != CELL_NR && state_has_let_out(s, e->vma))
		memory_forget(e, s, vma_cell_address(e, cell), "written through a pointer");
}

void outside_touch(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++)
		if (memory_is_own(e, address_root(e->t, s->cells.items[i].address)) ||
		    !may_alias(e, &s->cells.items[i], address, type))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
	touch_escaped(e, s, address);
	bump_place(e, s, address, type);
}

void memory_touch(struct engine *e, struct state *s, term_t address)
{
	outside_touch(e, s, address, none);
}

void memory_touch_inside(struct engine *e, struct state *s, term_t address, const char *const *members)
{
	size_t i, k, n = 0;

	memory_touch(e, s, address);
	for (i = 0; members[i]; i++) {
		const char *name = term_at(e->t, term_global(e->t, members[i]))->name;

		for (k = n = 0; k < s->cells.nr; k++) {
			const char *has = place_name(e->t, s->cells.items[k].address);

			if (memory_is_own(e, address_root(e->t, s->cells.items[k].address)) || (has && strcmp(has, name)))
				s->cells.items[n++] = s->cells.items[k];
		}
		s->cells.nr = n;
		bump(e, s, name);
	}
}

void memory_clobber(struct engine *e, struct state *s, const term_t *args, size_t nr)
{
	size_t i, n = 0;

	memory_escape(e, s, args, nr);
	for (i = 0; i < s->cells.nr; i++)
		if (memory_is_own(e, address_root(e->t, s->cells.items[i].address)))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
	bump(e, s, NULL);
	for (i = 0; i < s->escaped.nr; i++)
		memory_forget(e, s, s->escaped.items[i], "changed by a call");
}

/* Cells of the outside whose member has that name, or may have it. */
static void drop_named(struct engine *e, struct state *s, const char *name)
{
	const struct cell *c;
	const char *has;
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++) {
		c = &s->cells.items[i];
		has = place_name(e->t, c->address);
		if (memory_is_own(e, address_root(e->t, c->address)) ||
		    (has && strcmp(has, name) && term_at(e->t, c->value)->type.kind != CTYPE_RECORD &&
		     !place_in_union(e, c->address, 0)))
			s->cells.items[n++] = *c;
	}
	s->cells.nr = n;
}

static void drop_overlapping(struct engine *e, struct state *s, struct place at)
{
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++)
		if (memory_is_own(e, address_root(e->t, s->cells.items[i].address)) ||
		    !place_overlap(s->cells.items[i].at, at))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
}

static uint64_t number_of(const struct state *s, const char *name)
{
	const struct version *v;

	vec_each(v, &s->versions)
		if (v->name == name || (v->name && name && !strcmp(v->name, name)))
			return v->number;
	return 0;
}

static bool is_new(struct names *seen, const char *name)
{
	const char **n;

	vec_each(n, seen)
		if (*n == name || (*n && name && !strcmp(*n, name)))
			return false;
	*vec_push(seen) = name;
	return true;
}

bool outside_again(struct engine *e, struct state *s, const struct state *after, size_t nr_terms, struct names *seen)
{
	const struct version *v;
	const struct written *w;
	struct written *has;
	bool is_more = false;

	if (number_of(after, NULL) != number_of(s, NULL)) {
		memory_clobber(e, s, NULL, 0);
		return is_new(seen, NULL);
	}
	vec_each(v, &after->versions)
		if (v->name && v->number != number_of(s, v->name)) {
			drop_named(e, s, v->name);
			bump(e, s, v->name);
			is_more |= is_new(seen, v->name);
		}
	vec_each(w, &after->writes) {
		vec_each(has, &s->writes)
			if (place_same(has->at, w->at))
				break;
		if (s->writes.nr && has != s->writes.items + s->writes.nr) {
			if (has->number != w->number)
				has->number = ++e->numbers;
			continue;
		}
		/* Of an object that only that pass knew, nobody asks. */
		if (w->at.base >= nr_terms)
			continue;
		drop_overlapping(e, s, w->at);
		has = vec_push(&s->writes);
		has->at = w->at;
		has->number = ++e->numbers;
		is_more = true;
	}
	return is_more;
}
