// SPDX-License-Identifier: GPL-2.0-only
/* Addresses: objects, members, elements, and what of them is a constant offset. */
#include "contract/term_internal.h"

static struct ctype pointer_type(const struct terms *t)
{
	return (struct ctype){ .kind = CTYPE_POINTER, .bits = t->pointer_bits };
}

term_t term_global(struct terms *t, const char *name)
{
	return term_make(t, TERM_GLOBAL, pointer_type(t), 0, 0, 0, 0, name);
}

term_t term_local(struct terms *t, const char *name, uint64_t number)
{
	return term_make(t, TERM_LOCAL, pointer_type(t), 0, 0, 0, number, name);
}

/*
 * The type of an address built on a; a base without a number (an unknown) counts as the target's
 * pointer.
 */
static struct ctype address_type(const struct terms *t, term_t a)
{
	struct ctype type = pointer_type(t);

	if (term_width(t, a) > 1)
		type.bits = (uint8_t)term_width(t, a);
	return type;
}

term_t term_field(struct terms *t, term_t base, const char *name, uint64_t offset)
{
	struct ctype type;

	base = term_strip(t, base);
	type = address_type(t, base);
	if (term_is(t, base, TERM_CONST)) /* offsetof() by hand */
		return term_const(t, t->items[base].value + offset, type);
	return term_make(t, TERM_FIELD, type, base, 0, 0, offset, name);
}

term_t term_element(struct terms *t, term_t base, term_t index, uint64_t size)
{
	struct ctype type, offset = { .kind = CTYPE_INT, .is_signed = true };
	enum term_op op;

	base = term_strip(t, base);
	op = t->items[base].op;
	type = address_type(t, base);
	offset.bits = type.bits;
	index = term_strip(t, term_convert(t, index, offset));
	if (term_is(t, index, TERM_CONST))
		index = term_const(t, t->items[index].value, offset);
	if (op == TERM_ELEMENT && t->items[base].value == size &&
	    term_width(t, index) == offset.bits) {
		index = term_op(t, TERM_ADD, t->items[base].b, index, offset);
		return term_element(t, t->items[base].a, index, size);
	}
	/* p[0] is *p, but of an array that has a name, the element is told from the whole. */
	if (term_is(t, index, TERM_CONST) && !t->items[index].value && op != TERM_GLOBAL &&
	    op != TERM_LOCAL && op != TERM_FIELD)
		return term_typed(t, base, type);
	return term_make(t, TERM_ELEMENT, type, base, index, 0, size, NULL);
}

term_t term_base(const struct terms *t, term_t address, int64_t *offset)
{
	const struct term *x;
	uint64_t sum = 0;
	int64_t c;

	address = term_strip(t, address);
	for (;; address = term_strip(t, x->a)) {
		x = term_at(t, address);
		if (x->op == TERM_FIELD)
			sum += x->value;
		else if (x->op == TERM_ELEMENT && term_is_const(t, x->b, &c))
			sum += (uint64_t)c * x->value;
		else if (x->op == TERM_ADD && term_is_const(t, x->b, &c))
			sum += (uint64_t)c;
		else
			break;
	}
	*offset = (int64_t)(ctype_width(x->type) ? sign_extend(sum, ctype_width(x->type)) : sum);
	return address;
}
