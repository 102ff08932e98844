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

static bool is_own(const struct engine *e, term_t root)
{
	return term_at(e->t, root)->op == TERM_LOCAL || root == e->vma;
}

/* The member whose change an outside address stands for; NULL: it may be any. */
static const char *alias_name(const struct terms *t, term_t address)
{
	struct term x = *term_at(t, address);

	while (x.op == TERM_ELEMENT)
		x = *term_at(t, x.a);
	return x.op == TERM_FIELD || x.op == TERM_GLOBAL ? x.name : NULL;
}

/* whole: a record, any member of which may have changed under another name. */
static uint64_t version_of(struct engine *e, struct state *s, term_t address, bool whole)
{
	const char *name = whole ? NULL : alias_name(e->t, address);
	struct version *v;
	uint64_t nr = 0;

	vec_each(v, &s->versions)
		if ((!v->name || !name || !strcmp(v->name, name)) && v->number > nr)
			nr = v->number;
	return nr;
}

static void bump(struct engine *e, struct state *s, const char *name)
{
	struct version *v;

	e->numbers++;
	vec_each(v, &s->versions)
		if (v->name == name || (v->name && name && !strcmp(v->name, name))) {
			v->number = e->numbers;
			return;
		}
	v = vec_push(&s->versions);
	v->name = name;
	v->number = e->numbers;
}

static struct cell *find(struct state *s, term_t address)
{
	struct cell *c;

	vec_each(c, &s->cells)
		if (c->address == address)
			return c;
	return NULL;
}

/* By place: a union's other member, the first member of a record.  Only numbers can be read so. */
static struct cell *find_place(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct cell *c = find(s, address);
	int64_t offset;
	term_t base;

	if (c || !ctype_width(type))
		return c;
	base = term_base(e->t, address, &offset);
	vec_each(c, &s->cells)
		if (c->base == base && c->offset == offset && ctype_width(term_at(e->t, c->value)->type))
			return c;
	return NULL;
}

static void set(struct engine *e, struct state *s, term_t address, term_t value)
{
	struct cell *c = find(s, address);

	if (!c) {
		c = vec_push(&s->cells);
		c->address = address;
		c->base = term_base(e->t, address, &c->offset);
	}
	c->value = value;
}

/* Members of one union: the same place below the same record, under two names. */
static bool is_union_sibling(const struct terms *t, term_t a, term_t b)
{
	const struct term *x, *y;
	term_t k;

	for (; (x = term_at(t, a))->op == TERM_FIELD || x->op == TERM_ELEMENT; a = x->a)
		for (k = b; (y = term_at(t, k))->op == TERM_FIELD || y->op == TERM_ELEMENT; k = y->a)
			if (x->op == TERM_FIELD && y->op == TERM_FIELD && x->a == y->a && x->value == y->value &&
			    strcmp(x->name, y->name))
				return true;
	return false;
}

static void drop_below(struct engine *e, struct state *s, term_t address)
{
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++)
		if (!is_below(e->t, s->cells.items[i].address, address) &&
		    !is_union_sibling(e->t, s->cells.items[i].address, address))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
}

term_t record_zero(struct terms *t)
{
	return term_call(t, "{}", 0, NULL, 0, 0, (struct ctype){ .kind = CTYPE_RECORD });
}

/* A record with one member replaced: a pure function named after the member. */
term_t record_with(struct terms *t, term_t base, const char *name, term_t value)
{
	term_t args[2] = { base, value }, r;
	char *f = xasprintf("{%s}", name);

	r = term_call(t, f, 0, args, 2, 0, (struct ctype){ .kind = CTYPE_RECORD });
	free(f);
	return r;
}

term_t record_member(struct engine *e, term_t record, const char *name, uint64_t offset, struct ctype type)
{
	struct term x = *term_at(e->t, record), list;
	size_t len = strlen(name);

	while (x.op == TERM_CALL && x.name && x.name[0] == '{') {
		if (!x.b)
			return type.kind == CTYPE_RECORD ? record_zero(e->t) : term_const(e->t, 0, type);
		list = *term_at(e->t, x.b);
		/* "{*}": the only member of its record, by position. */
		if ((!strncmp(x.name + 1, name, len) && x.name[1 + len] == '}') || !strcmp(x.name, "{*}"))
			return term_at(e->t, list.b)->a;
		record = list.a;
		x = *term_at(e->t, record);
	}
	if (x.op == TERM_LOAD)
		return term_load(e->t, term_field(e->t, x.a, name, offset), x.value, type);
	if (x.op == TERM_FRESH)
		return term_fresh(e->t, x.name, type);
	return term_member(e->t, record, name, type);
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
	term_t up;

	/* A member of a record whose value is known as a whole. */
	for (up = address; !c && (term_at(e->t, up)->op == TERM_FIELD || term_at(e->t, up)->op == TERM_ELEMENT);
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
	return term_load(e->t, address, version_of(e, s, address, type.kind == CTYPE_RECORD), type);
}

term_t memory_read(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct cell *c = find_place(e, s, address, type);
	term_t v;

	if (c && term_at(e->t, c->value)->type.kind == CTYPE_NONE && type.kind != CTYPE_NONE) {
		/* Forgotten without a type. */
		v = term_fresh(e->t, term_at(e->t, c->value)->name, type);
		c->value = v;
	} else if (c) {
		v = as_type(e, c->value, type);
	} else {
		v = initial(e, s, address, type);
		/* What was not known is one unknown, not a new one at each look. */
		if (term_at(e->t, v)->op == TERM_FRESH)
			set(e, s, address, v);
		else
			v = as_type(e, v, type);
	}
	if (type.kind == CTYPE_RECORD)
		v = with_members(e, s, address, v);
	return v;
}

/* Can a write to one outside address change what stands at the other? */
static bool may_alias(struct engine *e, term_t a, term_t b)
{
	struct term x = *term_at(e->t, a), y = *term_at(e->t, b);
	const char *n = alias_name(e->t, a), *m = alias_name(e->t, b);
	int64_t i, k;

	if (x.op == TERM_ELEMENT && y.op == TERM_ELEMENT && x.a == y.a && term_is_const(e->t, x.b, &i) &&
	    term_is_const(e->t, y.b, &k))
		return i == k;
	if (x.op == TERM_FIELD && y.op == TERM_FIELD && x.a == y.a)
		return !strcmp(x.name, y.name) || x.value == y.value;
	return !n || !m || !strcmp(n, m);
}

void memory_touch(struct engine *e, struct state *s, term_t address)
{
	size_t i, n = 0;

	for (i = 0; i < s->cells.nr; i++)
		if (is_own(e, address_root(e->t, s->cells.items[i].address)) ||
		    !may_alias(e, s->cells.items[i].address, address))
			s->cells.items[n++] = s->cells.items[i];
	s->cells.nr = n;
	bump(e, s, alias_name(e->t, address));
}

uint64_t memory_version(struct engine *e, struct state *s, term_t address)
{
	/* Members below it have names of their own. */
	return version_of(e, s, address, true);
}

void memory_touch_inside(struct engine *e, struct state *s, term_t address, const char *const *members)
{
	size_t i, k, n = 0;

	memory_touch(e, s, address);
	for (i = 0; members[i]; i++) {
		const char *name = term_at(e->t, term_global(e->t, members[i]))->name;

		for (k = n = 0; k < s->cells.nr; k++) {
			const char *has = alias_name(e->t, s->cells.items[k].address);

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
		memory_touch(e, s, address);
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
	drop_below(e, s, address);
	set(e, s, address, value);
}

void memory_forget(struct engine *e, struct state *s, term_t address, const char *why)
{
	enum vma_cell cell;

	drop_below(e, s, address);
	if (address != e->vma) {
		set(e, s, address, term_fresh(e->t, why, (struct ctype){ .kind = CTYPE_NONE }));
		return;
	}
	/* What can change of a mapping; its place and its mm cannot. */
	for (cell = CELL_PGOFF; cell < CELL_MM; cell++)
		set(e, s, vma_cell_address(e, cell), term_fresh(e->t, why, (struct ctype){ .kind = CTYPE_NONE }));
}

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

static void add_escaped(struct state *s, term_t root)
{
	term_t *k;

	vec_each(k, &s->escaped)
		if (*k == root)
			return;
	*vec_push(&s->escaped) = root;
}

void memory_escape(struct engine *e, struct state *s, const term_t *values, size_t nr)
{
	struct reach r = { .e = e, .s = s };
	term_t *k;
	size_t i;

	for (i = 0; i < nr; i++)
		reach_value(&r, values[i], 0);
	vec_each(k, &r.roots)
		add_escaped(s, *k);
	vec_free(&r.roots);
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
