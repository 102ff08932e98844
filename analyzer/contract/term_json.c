// SPDX-License-Identifier: GPL-2.0-only
/* The store of terms as JSON, and back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contract/contract_json.h"
#include "contract/json_strict.h"
#include "contract/names.h"

enum { MAX_TERM = 7 };		/* elements of one */

static const char kind_letters[] = "nvb-praf";		/* by enum ctype_kind; INT is "i" or "u" */

static struct json_object *type_to_json(struct ctype c)
{
	bool is_int = c.kind == CTYPE_INT;
	char s[8];

	s[0] = is_int ? c.is_signed ? 'i' : 'u' : kind_letters[c.kind];
	snprintf(s + 1, sizeof(s) - 1, c.bits ? "%u%s" : "%.0u%s", c.bits, !is_int && c.is_signed ? "s" : "");
	return json_object_new_string(s);
}

static bool type_from_json(struct json_object *value, struct ctype *c)
{
	const char *s, *letter;
	unsigned long bits = 0;
	char *end;

	if (!strict_text(value, &s) || !*s || *s == '-')
		return false;
	letter = strchr(kind_letters, *s);
	if (letter)
		c->kind = (uint8_t)(letter - kind_letters);
	else if (*s == 'i' || *s == 'u')
		c->kind = CTYPE_INT;
	else
		return false;
	c->is_signed = *s++ == 'i';
	if (*s >= '1' && *s <= '9') {
		bits = strtoul(s, &end, 10);
		s = end;
	}
	if (*s == 's' && c->kind != CTYPE_INT) {
		c->is_signed = true;
		s++;
	}
	c->bits = (uint8_t)bits;
	return bits <= UINT8_MAX && !*s;
}

static struct json_object *term_to_json(const struct term *x, const uint32_t *map)
{
	const uint32_t operands[] = { map[x->a], map[x->b], map[x->c] };
	unsigned nr = operands[2] ? 3 : operands[1] ? 2 : operands[0] ? 1 : 0, i;
	struct json_object *a = json_object_new_array_ext(MAX_TERM);

	json_object_array_add(a, json_object_new_string(term_op_names[x->op]));
	json_object_array_add(a, type_to_json(x->type));
	if (x->value || x->name || nr)
		json_object_array_add(a, json_object_new_int64((int64_t)x->value));
	if (x->name || nr)
		json_add_str(a, x->name);
	for (i = 0; i < nr; i++)
		json_object_array_add(a, json_object_new_int64(operands[i]));
	return a;
}

struct json_object *terms_to_json(const struct terms *t, const uint32_t *map)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	size_t i;

	json_set_int(o, "pointer_bits", t->pointer_bits);
	json_set_int(o, "page_shift", t->page_shift);
	json_set_int(o, "fresh", (int64_t)t->fresh);
	for (i = 1; i < t->nr; i++)
		if (map[i])
			json_object_array_add(list, term_to_json(&t->items[i], map));
	json_object_object_add(o, "list", list);
	return o;
}

static bool operand_from_json(struct json_object *a, size_t len, size_t i, term_t *operand)
{
	uint64_t n = 0;

	if (i < len && !strict_number(json_object_array_get_idx(a, i), UINT32_MAX, &n))
		return false;
	*operand = (term_t)n;
	return true;
}

static int op_index(const char *s)
{
	int i;

	for (i = 0; i < TERM_OP_NR; i++)
		if (!strcmp(term_op_names[i], s))
			return i;
	return TERM_NONE;
}

/* One term, which has to become the next of the store: a second of a kind is none that was written. */
static bool term_from_json(struct json_object *a, struct terms *t)
{
	struct json_object *name, *number;
	struct term x = { 0 };
	const char *op;
	size_t len;

	if (!json_object_is_type(a, json_type_array))
		return false;
	len = json_object_array_length(a);
	if (len < 2 || len > MAX_TERM || !strict_text(json_object_array_get_idx(a, 0), &op) ||
	    !type_from_json(json_object_array_get_idx(a, 1), &x.type))
		return false;
	x.op = (enum term_op)op_index(op);
	number = json_object_array_get_idx(a, 2);
	name = json_object_array_get_idx(a, 3);
	if ((len > 2 && !json_object_is_type(number, json_type_int)) || (name && !strict_text(name, &x.name)))
		return false;
	x.value = (uint64_t)json_object_get_int64(number);
	if (!operand_from_json(a, len, 4, &x.a) || !operand_from_json(a, len, 5, &x.b) ||
	    !operand_from_json(a, len, 6, &x.c))
		return false;
	return x.op && term_raw(t, &x);
}

struct terms *terms_from_json(struct json_object *json)
{
	struct terms *t = terms_new();
	struct json_object *list;
	size_t i, nr, before;
	struct strict r;
	bool good;

	strict_begin(&r, json);
	t->pointer_bits = (uint8_t)strict_uint(&r, "pointer_bits", 64);
	t->page_shift = (uint8_t)strict_uint(&r, "page_shift", 63);
	t->fresh = (uint64_t)strict_int(&r, "fresh");
	list = strict_array(&r, "list", CONTRACT_MAX_TERMS, &nr);
	good = strict_end(&r) && t->pointer_bits >= 8;
	for (i = 0; good && i < nr; i++) {
		before = t->nr;
		good = term_from_json(json_object_array_get_idx(list, i), t) && t->nr == before + 1;
	}
	if (good)
		return t;
	terms_free(t);
	return NULL;
}
