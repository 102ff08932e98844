// SPDX-License-Identifier: GPL-2.0-only
/* The store of terms: equal ones are found again, by a hash table over what they are made of. */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "contract/term_internal.h"

const struct ctype ctype_bool = { .kind = CTYPE_BOOL, .bits = 1 };
const struct ctype ctype_int = { .kind = CTYPE_INT, .bits = 32, .is_signed = true };
const struct ctype ctype_ulong = { .kind = CTYPE_INT, .bits = 64 };
const struct ctype ctype_pointer = { .kind = CTYPE_POINTER, .bits = 64 };

struct terms *terms_new(void)
{
	struct terms *t = xcalloc(1, sizeof(*t));

	vec_push(t);
	t->pointer_bits = 64;
	return t;
}

void terms_free(struct terms *t)
{
	if (!t)
		return;
	strlist_free(&t->names);
	free(t->name_table);
	free(t->table);
	vec_free(t);
	free(t);
}

static uint64_t hash_name(const char *name)
{
	return XXH3_64bits(name, strlen(name));
}

static void grow_names(struct terms *t)
{
	size_t i, slot, size = t->name_table_size ? t->name_table_size * 2 : 64;

	free(t->name_table);
	t->name_table = xcalloc(size, sizeof(*t->name_table));
	t->name_table_size = size;
	for (i = 0; i < t->names.nr; i++) {
		slot = hash_name(t->names.items[i]) & (size - 1);
		while (t->name_table[slot])
			slot = (slot + 1) & (size - 1);
		t->name_table[slot] = (uint32_t)i + 1;
	}
}

static const char *intern(struct terms *t, const char *name)
{
	size_t slot;
	uint32_t i;

	if (!name)
		return NULL;
	if (t->names.nr * 2 >= t->name_table_size)
		grow_names(t);
	slot = hash_name(name) & (t->name_table_size - 1);
	while ((i = t->name_table[slot])) {
		if (!strcmp(t->names.items[i - 1], name))
			return t->names.items[i - 1];
		slot = (slot + 1) & (t->name_table_size - 1);
	}
	strlist_add(&t->names, name);
	t->name_table[slot] = (uint32_t)t->names.nr;
	return t->names.items[t->names.nr - 1];
}

/* By the name's place in memory: it is interned, and no order depends on the hash. */
static uint64_t hash_term(const struct term *x)
{
	uint64_t words[5] = {
		(uint64_t)x->op << 32 | (uint64_t)x->type.kind << 16 | (uint64_t)x->type.bits << 8 |
			x->type.is_signed,
		(uint64_t)x->a << 32 | x->b,
		x->c,
		x->value,
		(uintptr_t)x->name,
	};

	return XXH3_64bits(words, sizeof(words));
}

static bool same_term(const struct term *x, const struct term *y)
{
	return x->op == y->op && x->a == y->a && x->b == y->b && x->c == y->c &&
	       x->value == y->value && x->name == y->name && ctype_equal(x->type, y->type);
}

static void grow_table(struct terms *t)
{
	size_t i, slot, size = t->table_size ? t->table_size * 2 : 256;

	free(t->table);
	t->table = xcalloc(size, sizeof(*t->table));
	t->table_size = size;
	for (i = 1; i < t->nr; i++) {
		slot = hash_term(&t->items[i]) & (size - 1);
		while (t->table[slot])
			slot = (slot + 1) & (size - 1);
		t->table[slot] = (uint32_t)i;
	}
}

/* Constants last, else in the order in which they were made: mostly as the source has them. */
static bool in_order(const struct terms *t, term_t a, term_t b)
{
	bool ca = term_is(t, a, TERM_CONST), cb = term_is(t, b, TERM_CONST);

	return ca != cb ? cb : a <= b;
}

term_t term_make(struct terms *t, enum term_op op, struct ctype type, term_t a, term_t b, term_t c,
		 uint64_t value, const char *name)
{
	struct term x = { .op = op, .type = type, .a = a, .b = b, .c = c, .value = value };
	size_t slot;
	uint32_t i;

	x.name = intern(t, name);
	if (op_is_commutative(op) && !in_order(t, a, b)) {
		x.a = b;
		x.b = a;
	}
	if (t->nr * 2 >= t->table_size)
		grow_table(t);
	slot = hash_term(&x) & (t->table_size - 1);
	while ((i = t->table[slot])) {
		if (same_term(&t->items[i], &x))
			return i;
		slot = (slot + 1) & (t->table_size - 1);
	}
	i = (uint32_t)t->nr;
	*vec_push(t) = x;
	t->table[slot] = i;
	return i;
}

term_t term_const(struct terms *t, uint64_t value, struct ctype type)
{
	unsigned width = ctype_width(type);

	if (type.kind == CTYPE_BOOL)
		value = value != 0;
	else if (width)
		value &= width_mask(width);
	return term_make(t, TERM_CONST, type, 0, 0, 0, value, NULL);
}

term_t term_symbol(struct terms *t, const char *name, struct ctype type)
{
	return term_make(t, TERM_SYMBOL, type, 0, 0, 0, 0, name);
}

term_t term_fresh(struct terms *t, const char *why, struct ctype type)
{
	return term_make(t, TERM_FRESH, type, 0, 0, 0, ++t->fresh, why);
}

term_t term_load(struct terms *t, term_t address, uint64_t version, struct ctype type)
{
	return term_make(t, TERM_LOAD, type, term_strip(t, address), 0, 0, version, NULL);
}

term_t term_member(struct terms *t, term_t record, const char *name, struct ctype type)
{
	return term_make(t, TERM_MEMBER, type, record, 0, 0, 0, name);
}

term_t term_call(struct terms *t, const char *function, term_t callee, const term_t *args,
		 size_t nr, uint64_t occurrence, struct ctype type)
{
	struct ctype none = { 0 };
	term_t list = 0;

	while (nr--)
		list = term_make(t, TERM_LIST, none, args[nr], list, 0, 0, NULL);
	return term_make(t, TERM_CALL, type, function ? 0 : term_strip(t, callee), list, 0,
			 occurrence, function);
}

bool term_is_const(const struct terms *t, term_t a, int64_t *value)
{
	const struct term *x = term_at(t, a);
	unsigned width = ctype_width(x->type);

	if (x->op != TERM_CONST)
		return false;
	if (x->type.kind == CTYPE_INT && x->type.is_signed && width)
		*value = (int64_t)sign_extend(x->value, width);
	else
		*value = (int64_t)x->value;
	return true;
}

static void reach_operand(uint64_t *bits, term_t a)
{
	bits[a / 64] |= UINT64_C(1) << a % 64;
}

/* Operands come before what they are part of: one walk downwards meets all. */
static uint64_t *reach_down_to(const struct terms *t, term_t a, term_t lowest)
{
	uint64_t *bits = xcalloc((size_t)a / 64 + 1, sizeof(*bits));
	const struct term *x;
	term_t i;

	reach_operand(bits, a);
	for (i = a; i > lowest; i--) {
		if (!bits[i / 64]) {
			i -= i % 64;
			if (!i)
				break;
			continue;
		}
		if (!(bits[i / 64] >> i % 64 & 1))
			continue;
		x = term_at(t, i);
		reach_operand(bits, x->a);
		reach_operand(bits, x->b);
		reach_operand(bits, x->c);
	}
	bits[0] &= ~UINT64_C(1);
	return bits;
}

uint64_t *term_reach(const struct terms *t, term_t a)
{
	return reach_down_to(t, a, 0);
}

bool term_contains(const struct terms *t, term_t a, term_t leaf)
{
	uint64_t *bits;
	bool found;

	if (!leaf || leaf >= a)
		return leaf && leaf == a;
	bits = reach_down_to(t, a, leaf);
	found = bits[leaf / 64] >> leaf % 64 & 1;
	free(bits);
	return found;
}

term_t term_copy(struct terms *to, const struct terms *from, term_t a)
{
	uint64_t *bits = term_reach(from, a);
	term_t *map = xcalloc((size_t)a + 1, sizeof(*map)), i;
	const struct term *x;

	/* As they are: simplified they were when they were made. */
	for (i = 1; i <= a && a; i++) {
		if (!(bits[i / 64] >> i % 64 & 1))
			continue;
		x = term_at(from, i);
		if (x->op == TERM_FRESH && x->value > to->fresh)
			to->fresh = x->value;
		map[i] = term_make(to, x->op, x->type, map[x->a], map[x->b], map[x->c], x->value,
				   x->name);
	}
	i = map[a];
	free(map);
	free(bits);
	return i;
}

bool term_equal(const struct terms *t, term_t a, const struct terms *u, term_t b)
{
	struct terms *both;
	bool equal;

	if (t == u || !a || !b)
		return a == b;
	both = terms_new();
	equal = term_copy(both, t, a) == term_copy(both, u, b);
	terms_free(both);
	return equal;
}
