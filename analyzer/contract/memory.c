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

static struct cell *find(struct state *s, term_t address)
{
	return (struct cell *)state_cell(s, address);
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

/* Is the address in an array's element whose number is not known, below `up`? */
static bool any_element(struct engine *e, term_t address, term_t up)
{
	int64_t index;

	for (; address != up && (term_at(e->t, address)->op == TERM_FIELD || term_at(e->t, address)->op == TERM_ELEMENT);
	     address = term_at(e->t, address)->a)
		if (term_at(e->t, address)->op == TERM_ELEMENT && !term_is_const(e->t, term_at(e->t, address)->b, &index))
			return true;
	return false;
}

/* What a person knows the place by: a local's name, with its member, and a field of the mapping. */
static term_t known_as(struct engine *e, term_t address, const char *otherwise, struct ctype type)
{
	const struct term *x = term_at(e->t, address), *root = term_at(e->t, address_root(e->t, address));
	char *text = NULL;
	term_t v;

	if (x->op == TERM_FIELD && x->a == e->vma && x->name && *x->name)
		return term_fresh(e->t, x->name, type);
	if (root->op != TERM_LOCAL || !root->name || !*root->name)
		return term_fresh(e->t, otherwise, type);
	/* One name is one place: two members are two, and which element it is has to be known. */
	if (x != root)
		text = any_element(e, address, address_root(e->t, address)) ? xstrdup(otherwise)
			: term_text(e->t, NULL, term_load(e->t, address, 0, ctype_ulong));
	v = term_fresh(e->t, text ? text : root->name, type);
	free(text);
	return v;
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

/* A callback of a vm_ops table of this file that nobody can write to; 0: it is none, or not known. */
static term_t table_entry(struct engine *e, const struct term *field, struct ctype type)
{
	const struct term *table = field->op == TERM_FIELD ? term_at(e->t, field->a) : NULL;
	const struct vm_ops_table *t;
	const char *callback;
	size_t i, len;

	if (!table || table->op != TERM_GLOBAL || !field->name)
		return 0;
	len = strlen(field->name);
	vec_each(t, &e->u->vm_ops) {
		if (!t->is_const || !t->is_whole || strcmp(t->name, table->name))
			continue;
		callback = vm_ops_callback(t, field->name);
		if (callback)
			return term_global(e->t, callback);
		for (i = 0; i < t->fields.nr; i++)
			if (!strncmp(t->fields.items[i], field->name, len) && t->fields.items[i][len] == '=')
				return 0;
		return term_const(e->t, 0, type);
	}
	return 0;
}

/* Is anything known of what is below? */
static bool is_written(struct engine *e, const struct state *s, term_t root)
{
	const struct cell *c;

	vec_each(c, &s->cells)
		if (c->address != root && is_below(e->t, c->address, root))
			return true;
	return false;
}

bool memory_is_written(struct engine *e, struct state *s, term_t root)
{
	return find(s, root) || is_written(e, s, root);
}

static term_t initial(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct term x = *term_at(e->t, address);
	term_t root = address_root(e->t, address);
	struct cell *c = NULL;
	bool overlaid = is_overlaid(e, s, address, type);
	term_t up;

	if (overlaid && memory_is_own(e, root))
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
		/* Nothing was written since, or all that was written is elsewhere. */
		if ((!any_element(e, address, up) || !is_written(e, s, up)) &&
		    term_at(e->t, c->value)->op == TERM_CALL && term_at(e->t, c->value)->name &&
		    !strcmp(term_at(e->t, c->value)->name, "{}"))
			return type.kind == CTYPE_RECORD ? record_zero(e->t) : term_const(e->t, 0, type);
		return term_fresh(e->t, "an element", type);
	}
	if (x.op == TERM_FIELD && x.a == e->vma && !strcmp(x.name, "opened file"))
		return e->file;
	/* vma_flags_t is a struct around the word that vm_flags is. */
	if (x.op == TERM_FIELD && x.a == e->vma && vma_cell_of(x.name) == CELL_FLAGS && type.kind == CTYPE_RECORD)
		return term_symbol(e->t, x.name, e->word);
	if (x.op == TERM_FIELD && x.a == e->vma && vma_cell_of(x.name) != CELL_NR)
		return !strcmp(x.name, "file") ? e->file : term_symbol(e->t, x.name, type);
	/* A member of what a mapping's cell holds as a whole. */
	if (root == e->vma && x.op == TERM_FIELD && x.a != e->vma && term_at(e->t, x.a)->op == TERM_FIELD &&
	    vma_cell_of(term_at(e->t, x.a)->name) != CELL_NR)
		return record_member(e, memory_read(e, s, x.a, (struct ctype){ .kind = CTYPE_RECORD }), x.name, x.value,
				     type);
	if (term_at(e->t, root)->op == TERM_LOCAL)
		return is_written(e, s, root) ? term_fresh(e->t, "an element", type) : known_as(e, address, "not initialised", type);
	up = table_entry(e, &x, type);
	if (up)
		return up;
	if (outside_is_hidden(e, s, address, type))
		return term_fresh(e->t, "what can be a variable that was given away", type);
	return term_load(e->t, address, outside_version(e, s, address, type), type);
}

term_t memory_read(struct engine *e, struct state *s, term_t address, struct ctype type)
{
	struct cell *c;
	term_t v;

	if (either_is_own(e, address))
		return either_read(e, s, address, type);
	c = find_place(e, s, address, type);
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

void memory_write(struct engine *e, struct state *s, term_t address, term_t value)
{
	struct term x = *term_at(e->t, address);
	term_t root = address_root(e->t, address), up;
	int64_t index;

	if (either_is_own(e, address)) {
		either_write(e, s, address, value);
		return;
	}
	if (!memory_is_own(e, root) && term_at(e->t, value)->type.kind == CTYPE_RECORD) {
		/* Its members have names of their own. */
		memory_clobber(e, s, NULL, 0);
	} else if (!memory_is_own(e, root)) {
		outside_touch(e, s, address, term_at(e->t, value)->type);
	} else {
		outside_forget_let_out(e, s, address, term_at(e->t, value)->type);
		/* An element whose number is not known: the whole array is not. */
		for (up = address; term_at(e->t, up)->op == TERM_FIELD || term_at(e->t, up)->op == TERM_ELEMENT;
		     up = term_at(e->t, up)->a)
			if (term_at(e->t, up)->op == TERM_ELEMENT &&
			    !term_is_const(e->t, term_at(e->t, up)->b, &index)) {
				memory_lose(e, s, term_at(e->t, up)->a, "an array");
				return;
			}
		if (x.op != TERM_FIELD && x.op != TERM_ELEMENT && address != root) {
			memory_lose(e, s, root, "written at a computed address");
			return;
		}
	}
	replace(e, s, address, term_at(e->t, value)->type);
	set(e, s, address, value);
}

void memory_lose(struct engine *e, struct state *s, term_t address, const char *why)
{
	replace(e, s, address, none);
	set(e, s, address, term_fresh(e->t, why, none));
}

void memory_forget(struct engine *e, struct state *s, term_t address, const char *why)
{
	enum vma_cell cell;
	term_t a;

	replace(e, s, address, none);
	if (address != e->vma) {
		set(e, s, address, known_as(e, address, why, none));
		return;
	}
	/* What can change of a mapping; its place and its mm cannot. */
	for (cell = CELL_PGOFF; cell < CELL_MM; cell++) {
		a = vma_cell_address(e, cell);
		set(e, s, a, known_as(e, a, why, none));
	}
}
