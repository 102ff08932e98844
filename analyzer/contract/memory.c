// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory on a path.  Three kinds: the function's own variables (LOCAL), the mapping's cells (below
 * SYMBOL vma), and everything outside.  A cell holds what is known to stand at an address.  Outside,
 * what is not known is a LOAD that carries the number of the last event that may have changed it, so
 * that two reads with nothing in between are the same term and others are not.
 */
#include <stdlib.h>

#include "contract/engine.h"

bool is_below(const struct terms *t, term_t address, term_t above)
{
	struct term x;

	while (address && address != above) {
		x = *term_at(t, address);
		if (x.op != TERM_FIELD && x.op != TERM_ELEMENT)
			return false;
		address = x.a;
	}
	return address != 0;
}

term_t address_root(const struct terms *t, term_t address)
{
	struct term x;

	for (;;) {
		x = *term_at(t, address);
		switch (x.op) {
		case TERM_FIELD:
		case TERM_ELEMENT:
		case TERM_ZEXT:
		case TERM_SEXT:
		case TERM_TRUNC:
			address = x.a;
			break;
		case TERM_ADD:
		case TERM_SUB:
			/* A pointer and what is added to it. */
			address = term_at(t, term_strip(t, x.a))->type.kind != CTYPE_POINTER &&
				  term_at(t, term_strip(t, x.b))->type.kind == CTYPE_POINTER ? x.b : x.a;
			break;
		default:
			return address;
		}
	}
}

static const char OTHER_NAME[] = "a place that was written under another name";
static const struct ctype none = { .kind = CTYPE_NONE };

static bool is_own(const struct engine *e, term_t root)
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
static uint64_t version_of(const struct engine *e, const struct state *s, term_t address, struct ctype type)
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

static struct cell *find(struct state *s, term_t address)
{
	struct cell *c;

	vec_each(c, &s->cells)
		if (c->address == address)
			return c;
	return NULL;
}

/*
 * By place: a union's other member, the first member of a record.  Only numbers can be read so, and the
 * same address is another place when it is read in another width.
 */
static struct cell *find_place(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct cell *c = find(s, address), *d;
	struct place at;

	if (!ctype_width(type))
		return c;
	at = place_of(e, address, type);
	if (c && (term_at(e->t, c->value)->type.kind == CTYPE_RECORD || !c->at.bits || place_same(c->at, at)))
		return c;
	vec_each(d, &s->cells)
		if (place_same(d->at, at) && ctype_width(term_at(e->t, d->value)->type))
			return d;
	return NULL;
}

static void set(struct engine *e, struct state *s, term_t address, term_t value)
{
	struct cell *c = find(s, address);

	if (!c) {
		c = vec_push(&s->cells);
		c->address = address;
	}
	c->value = value;
	c->at = place_of(e, address, term_at(e->t, value)->type);
}

/* Was a part of what is read there written under another name?  A record has its members. */
static bool is_overlaid(const struct engine *e, const struct state *s, term_t address, struct ctype type)
{
	struct place at = place_of(e, address, type);
	const struct cell *c;

	vec_each(c, &s->cells) {
		if (!place_overlap(c->at, at) || (c->address != address && is_below(e->t, address, c->address)))
			continue;
		if (!ctype_width(type) && is_below(e->t, c->address, address))
			continue;
		return true;
	}
	return false;
}

/* What was known of a place that is written now. */
static void replace(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct place at = place_of(e, address, type);
	struct cell *c;
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++) {
		c = &s->cells.items[i];
		if (is_below(e->t, c->address, address) || place_same(c->at, at))
			continue;
		/* It stays, without a value: what was known before it was written is not to come back. */
		if (place_overlap(c->at, at) && !is_below(e->t, address, c->address))
			c->value = term_fresh(e->t, OTHER_NAME, none);
		s->cells.items[n++] = *c;
	}
	s->cells.nr = n;
}

static term_t as_type(struct engine *e, term_t v, struct ctype type)
{
	struct ctype has = term_at(e->t, v)->type;

	if (type.kind == CTYPE_RECORD || type.kind == CTYPE_NONE || type.kind == CTYPE_VOID ||
	    type.kind == CTYPE_ARRAY || type.kind == CTYPE_FUNCTION || has.kind == CTYPE_NONE)
		return v;
	if (has.kind == CTYPE_RECORD)	/* read as what it is not: a union */
		return term_fresh(e->t, "a union's other member", type);
	return term_convert(e->t, v, type);
}

/* A record that was written member by member. */
static term_t with_members(struct engine *e, struct state *s, term_t address, term_t base)
{
	struct term x;
	term_t member, value;
	struct cell *whole;
	size_t i, k;

	for (i = 0; i < s->cells.nr; i++) {
		member = s->cells.items[i].address;
		if (member == address || !is_below(e->t, member, address))
			continue;
		/* The member right below: the same for all cells of a nested record. */
		while (term_at(e->t, member)->a != address)
			member = term_at(e->t, member)->a;
		for (k = 0; k < i; k++)
			if (s->cells.items[k].address != address && is_below(e->t, s->cells.items[k].address, member))
				break;
		if (k < i)
			continue;
		x = *term_at(e->t, member);
		if (place_in_union(e, s->cells.items[i].address, address))
			return term_fresh(e->t, "a union copied whole", (struct ctype){ .kind = CTYPE_RECORD });
		if (x.op != TERM_FIELD)
			return term_fresh(e->t, "an array copied whole", (struct ctype){ .kind = CTYPE_RECORD });
		whole = find(s, member);
		value = with_members(e, s, member, whole ? whole->value
				     : memory_read(e, s, member, (struct ctype){ .kind = CTYPE_RECORD }));
		base = record_with(e->t, base, x.name, value);
	}
	return base;
}

static term_t initial(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct term x = *term_at(e->t, address);
	term_t root = address_root(e->t, address);
	struct cell *c = NULL;
	bool overlaid = is_overlaid(e, s, address, type);
	term_t up;

	if (overlaid && is_own(e, root))
		return term_fresh(e->t, OTHER_NAME, type);
	/* A member of a record whose value is known as a whole. */
	for (up = address; !c && !overlaid && (term_at(e->t, up)->op == TERM_FIELD || term_at(e->t, up)->op == TERM_ELEMENT);
	     up = term_at(e->t, up)->a)
		c = find(s, term_at(e->t, up)->a);
	if (c) {
		up = c->address;
		if (x.op == TERM_FIELD && x.a == up)
			return record_member(e, c->value, x.name, x.value, type);
		if (x.op == TERM_FIELD)
			return record_member(e, memory_read(e, s, x.a, (struct ctype){ .kind = CTYPE_RECORD }),
					     x.name, x.value, type);
		if (term_at(e->t, c->value)->op == TERM_CALL && term_at(e->t, c->value)->name &&
		    !strcmp(term_at(e->t, c->value)->name, "{}"))
			return type.kind == CTYPE_RECORD ? record_zero(e->t) : term_const(e->t, 0, type);
		return term_fresh(e->t, "an element", type);
	}
	if (x.op == TERM_FIELD && x.a == e->vma && !strcmp(x.name, "opened file"))
		return e->file;
	if (x.op == TERM_FIELD && x.a == e->vma && vma_cell_of(x.name) != CELL_NR)
		return !strcmp(x.name, "file") ? e->file : term_symbol(e->t, x.name, type);
	/* A member of what a mapping's cell holds as a whole. */
	if (root == e->vma && x.op == TERM_FIELD && x.a != e->vma && term_at(e->t, x.a)->op == TERM_FIELD &&
	    vma_cell_of(term_at(e->t, x.a)->name) != CELL_NR)
		return record_member(e, memory_read(e, s, x.a, (struct ctype){ .kind = CTYPE_RECORD }), x.name, x.value,
				     type);
	if (term_at(e->t, root)->op == TERM_LOCAL)
		return term_fresh(e->t, "not initialised", type);
	return term_load(e->t, address, version_of(e, s, address, type), type);
}

term_t memory_read(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct cell *c = find_place(e, s, address, type);
	term_t v;

	if (c && term_at(e->t, c->value)->type.kind == CTYPE_NONE && type.kind != CTYPE_NONE) {
		/* Forgotten without a type. */
		v = term_fresh(e->t, term_at(e->t, c->value)->name, type);
		c->value = v;
		c->at = place_of(e, c->address, type);
	} else if (c) {
		v = as_type(e, c->value, type);
	} else {
		v = initial(e, s, address, type);
		/* What was not known is one unknown, not a new one at each look. */
		if (term_at(e->t, v)->op == TERM_FRESH && !find(s, address))
			set(e, s, address, v);
		else if (term_at(e->t, v)->op != TERM_FRESH)
			v = as_type(e, v, type);
	}
	if (type.kind == CTYPE_RECORD)
		v = with_members(e, s, address, v);
	return v;
}

static bool is_escaped(const struct state *s, term_t root)
{
	const term_t *k;

	vec_each(k, &s->escaped)
		if (*k == root)
			return true;
	return false;
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
		    is_escaped(s, address_root(e->t, c->address)) && (!name || (has && !strcmp(has, name))))
			c->value = term_fresh(e->t, "written through a pointer", none);
	}
	cell = tag && str_starts(tag, "vm_area_") ? vma_cell_of(name) : CELL_NR;
	if (cell != CELL_NR && is_escaped(s, e->vma))
		memory_forget(e, s, vma_cell_address(e, cell), "written through a pointer");
}

static void touch(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++)
		if (is_own(e, address_root(e->t, s->cells.items[i].address)) ||
		    !may_alias(e, &s->cells.items[i], address, type))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
	touch_escaped(e, s, address);
	bump_place(e, s, address, type);
}

void memory_touch(struct engine *e, struct state *s, term_t address)
{
	touch(e, s, address, none);
}

void memory_touch_inside(struct engine *e, struct state *s, term_t address, const char *const *members)
{
	size_t i, k, n = 0;

	memory_touch(e, s, address);
	for (i = 0; members[i]; i++) {
		const char *name = term_at(e->t, term_global(e->t, members[i]))->name;

		for (k = n = 0; k < s->cells.nr; k++) {
			const char *has = place_name(e->t, s->cells.items[k].address);

			if (is_own(e, address_root(e->t, s->cells.items[k].address)) || (has && strcmp(has, name)))
				s->cells.items[n++] = s->cells.items[k];
		}
		s->cells.nr = n;
		bump(e, s, name);
	}
}

void memory_write(struct engine *e, struct state *s, term_t address, term_t value)
{
	struct term x = *term_at(e->t, address);
	term_t root = address_root(e->t, address), up;
	int64_t index;

	if (!is_own(e, root) && term_at(e->t, value)->type.kind == CTYPE_RECORD) {
		/* Its members have names of their own. */
		memory_clobber(e, s, NULL, 0);
	} else if (!is_own(e, root)) {
		touch(e, s, address, term_at(e->t, value)->type);
	} else {
		/* An element whose number is not known: the whole array is not. */
		for (up = address; term_at(e->t, up)->op == TERM_FIELD || term_at(e->t, up)->op == TERM_ELEMENT;
		     up = term_at(e->t, up)->a)
			if (term_at(e->t, up)->op == TERM_ELEMENT &&
			    !term_is_const(e->t, term_at(e->t, up)->b, &index)) {
				memory_forget(e, s, term_at(e->t, up)->a, "an array");
				return;
			}
		if (x.op != TERM_FIELD && x.op != TERM_ELEMENT && address != root) {
			memory_forget(e, s, root, "written at a computed address");
			return;
		}
	}
	replace(e, s, address, term_at(e->t, value)->type);
	set(e, s, address, value);
}

void memory_forget(struct engine *e, struct state *s, term_t address, const char *why)
{
	enum vma_cell cell;

	replace(e, s, address, none);
	if (address != e->vma) {
		set(e, s, address, term_fresh(e->t, why, none));
		return;
	}
	/* What can change of a mapping; its place and its mm cannot. */
	for (cell = CELL_PGOFF; cell < CELL_MM; cell++)
		set(e, s, vma_cell_address(e, cell), term_fresh(e->t, why, none));
}

void memory_clobber(struct engine *e, struct state *s, const term_t *args, size_t nr)
{
	size_t i, n = 0;

	memory_escape(e, s, args, nr);
	for (i = 0; i < s->cells.nr; i++)
		if (is_own(e, address_root(e->t, s->cells.items[i].address)))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
	bump(e, s, NULL);
	for (i = 0; i < s->escaped.nr; i++)
		memory_forget(e, s, s->escaped.items[i], "changed by a call");
}
