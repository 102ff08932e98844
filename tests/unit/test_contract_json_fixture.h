/* SPDX-License-Identifier: GPL-2.0-only */
/* For test_contract_json.c: a contract that has everything, and whether two are the same. */
#ifndef MMAPCONV_TEST_CONTRACT_JSON_FIXTURE_H
#define MMAPCONV_TEST_CONTRACT_JSON_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "contract/contract_json.h"

#define U64 ctype_ulong

static uint64_t seed = 1;

static unsigned below(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 33) % n;
}

static struct effect *effect(struct contract *c, enum effect_kind kind, unsigned line, const char *name)
{
	struct effect *e;

	if (c->nr_effects == c->cap_effects) {
		c->cap_effects = c->cap_effects ? 2 * c->cap_effects : 4;
		c->effects = xrealloc(c->effects, c->cap_effects, sizeof(*c->effects));
	}
	e = &c->effects[c->nr_effects++];
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->line = line;
	e->name = xstrdup(name);
	return e;
}

static void guard(struct path *p, const char *text, unsigned line, bool taken, term_t term)
{
	struct guard *g = vec_push(&p->guards);

	g->text = xstrdup(text);
	g->line = line;
	g->taken = taken;
	g->term = term;
}

static struct passes *passes(struct terms *t, term_t cond, term_t value)
{
	struct passes *p = xcalloc(1, sizeof(*p));
	struct pass_way *w = vec_push(&p->ways);

	p->guards = 1;
	p->before = 2;
	p->outside = true;
	p->unknown = xstrdup("what a pass makes of it");
	*vec_push(&p->places) = (struct pass_place){ term_local(t, "i", 3), value, term_fresh(t, "i", U64) };
	*vec_push(&p->places) = (struct pass_place){ term_local(t, "k", 4), 0, term_fresh(t, "k", U64) };
	w->end = PASS_AGAIN;
	*vec_push(&w->conditions) = cond;
	*vec_push(&w->effects) = 1;
	*vec_push(&w->effects) = 2;
	*vec_push(&w->values) = value;
	*vec_push(&w->values) = 0;
	w = vec_push(&p->ways);
	w->end = PASS_DONE;
	*vec_push(&w->conditions) = term_not(t, cond);
	w = vec_push(&p->ways);
	w->end = PASS_LEFT;
	return p;
}

/* A contract in which every member of every struct is something, and every operator comes. */
static struct contract sample(void)
{
	static const struct ctype u8 = { CTYPE_INT, 8, false }, record = { CTYPE_RECORD, 0, false };
	struct contract c = { .function = xstrdup("foo_mmap"), .infeasible = 3 };
	struct terms *t = c.terms = terms_new();
	term_t start, end, pgoff, size, dev, load, args[2], call, cond, sum, i;
	struct unmodelled *m;
	struct helper *h;
	struct effect *e;
	struct path *p;

	t->page_shift = 12;
	start = term_symbol(t, "start", U64);
	end = term_symbol(t, "end", U64);
	pgoff = term_symbol(t, "pgoff", U64);
	term_fresh(t, "nobody refers to it", U64);
	size = term_op(t, TERM_SUB, end, start, U64);
	dev = term_load(t, term_field(t, term_global(t, "\"a \\ string\x01\xff\""), "dev", 8), 0,
			ctype_pointer);
	load = term_load(t, term_field(t, term_element(t, dev, pgoff, 24), "", 16), 5, u8);
	sum = term_convert(t, load, U64);
	for (i = TERM_ADD; i <= TERM_ASHR; i++)
		sum = term_op(t, (enum term_op)i, sum, term_fresh(t, "asm", U64), U64);
	sum = term_op(t, TERM_NEG, sum, 0, U64);
	sum = term_op(t, TERM_BNOT, sum, 0, U64);
	args[0] = term_convert(t, sum, ctype_int);
	args[1] = term_local(t, "prot", UINT64_MAX);
	call = term_call(t, "foo_find", 0, args, 2, 1, ctype_int);
	cond = term_op(t, TERM_LAND, term_op(t, TERM_ULT, size, pgoff, ctype_bool),
		       term_not(t, term_op(t, TERM_EQ, call, term_const(t, (uint64_t)-22, ctype_int),
					   ctype_bool)), ctype_bool);
	cond = term_op(t, TERM_LOR, cond, term_op(t, TERM_SLE, call, args[0], ctype_bool), ctype_bool);

	e = effect(&c, EFFECT_LOOP, 10, "");
	*vec_push(&e->args) = cond;
	e->passes = passes(t, cond, sum);
	e = effect(&c, EFFECT_ACTION, 11, "remap_pfn_range");
	e->action = ACTION_REMAP;
	e->extent = EXTENT_INSIDE;
	e->in_loop = e->local_prot = e->prot_written = e->file_private = true;
	e->loop = 1;
	*vec_push(&e->args) = 0;
	*vec_push(&e->args) = term_ite(t, cond, size, sum);
	e->result = call;
	e->via = xstrdup("map_range");
	e->file = xstrdup("mm/memory.c");
	e = effect(&c, EFFECT_TAKE, 12, "kref_get");
	e->state = STATE_REFERENCE;
	e->detail = xstrdup("dev->ref \"quoted\"\n");

	p = vec_push(&c.paths);
	guard(p, "size < pgoff", 9, true, cond);
	guard(p, "x", 0, false, 0);
	*vec_push(&p->effects) = 2;
	*vec_push(&p->effects) = 0;
	p->result = RESULT_ERROR;
	p->value = -22;
	p->line = 13;
	p->result_term = call;
	p->cells[CELL_FLAGS] = term_op(t, TERM_OR, term_symbol(t, "flags", U64),
				       term_const(t, 0x4000, U64), U64);
	p->cells[CELL_MM] = term_member(t, term_call(t, NULL, dev, NULL, 0, 0, record), "mm", ctype_pointer);
	p = vec_push(&c.paths);
	p->result = RESULT_CALL;
	p->call = xstrdup("foo_find");
	p->unmodelled = 1;
	vec_push(&c.paths);

	m = vec_push(&c.unmodelled);
	m->reason = xstrdup("a pointer");
	m->line = 14;
	m->whole = true;
	h = vec_push(&c.helpers);
	h->name = xstrdup("foo_find");
	h->line = 3;
	h->takes_vma = true;
	*vec_push(&c.flags) = (struct flag_name){ xstrdup("VM_IO"), 0x4000 };
	*vec_push(&c.flags) = (struct flag_name){ xstrdup("VM_HIGH"), UINT64_C(1) << 63 };
	return c;
}

static void same_list(const struct contract *a, const struct term_list *x, const struct contract *b, const struct term_list *y)
{
	size_t i;

	assert_int_equal(x->nr, y->nr);
	for (i = 0; i < x->nr; i++)
		assert_true(term_equal(a->terms, x->items[i], b->terms, y->items[i]));
}

static void same_passes(const struct contract *a, const struct passes *x, const struct contract *b, const struct passes *y)
{
	size_t i, k;

	assert_int_equal(!x, !y);
	if (!x)
		return;
	assert_true(x->guards == y->guards && x->before == y->before && x->outside == y->outside);
	assert_int_equal(!x->unknown, !y->unknown);
	if (x->unknown)
		assert_string_equal(x->unknown, y->unknown);
	assert_int_equal(x->places.nr, y->places.nr);
	for (i = 0; i < x->places.nr; i++) {
		assert_true(term_equal(a->terms, x->places.items[i].address, b->terms, y->places.items[i].address));
		assert_true(term_equal(a->terms, x->places.items[i].before, b->terms, y->places.items[i].before));
		assert_true(term_equal(a->terms, x->places.items[i].pass, b->terms, y->places.items[i].pass));
	}
	assert_int_equal(x->ways.nr, y->ways.nr);
	for (i = 0; i < x->ways.nr; i++) {
		assert_int_equal(x->ways.items[i].end, y->ways.items[i].end);
		same_list(a, &x->ways.items[i].conditions, b, &y->ways.items[i].conditions);
		same_list(a, &x->ways.items[i].values, b, &y->ways.items[i].values);
		assert_int_equal(x->ways.items[i].effects.nr, y->ways.items[i].effects.nr);
		for (k = 0; k < x->ways.items[i].effects.nr; k++)
			assert_int_equal(x->ways.items[i].effects.items[k], y->ways.items[i].effects.items[k]);
	}
}

static void same_string(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

static void same_effects(const struct contract *a, const struct contract *b)
{
	const struct effect *x, *y;
	size_t i, k;

	assert_int_equal(a->nr_effects, b->nr_effects);
	for (i = 0; i < a->nr_effects; i++) {
		x = &a->effects[i];
		y = &b->effects[i];
		assert_true(x->kind == y->kind && x->action == y->action && x->extent == y->extent);
		assert_true(x->state == y->state && x->line == y->line && x->loop == y->loop);
		assert_true(x->in_loop == y->in_loop && x->local_prot == y->local_prot);
		assert_true(x->prot_written == y->prot_written && x->file_private == y->file_private);
		same_string(x->name, y->name);
		same_string(x->detail, y->detail);
		same_string(x->via, y->via);
		same_string(x->file, y->file);
		assert_int_equal(x->args.nr, y->args.nr);
		for (k = 0; k < x->args.nr; k++)
			assert_true(term_equal(a->terms, x->args.items[k], b->terms, y->args.items[k]));
		assert_true(term_equal(a->terms, x->result, b->terms, y->result));
		same_passes(a, x->passes, b, y->passes);
	}
}

static void same_path(const struct contract *a, const struct path *x, const struct contract *b, const struct path *y)
{
	size_t i;

	assert_int_equal(x->guards.nr, y->guards.nr);
	for (i = 0; i < x->guards.nr; i++) {
		assert_string_equal(x->guards.items[i].text, y->guards.items[i].text);
		assert_int_equal(x->guards.items[i].line, y->guards.items[i].line);
		assert_int_equal(x->guards.items[i].taken, y->guards.items[i].taken);
		assert_true(term_equal(a->terms, x->guards.items[i].term, b->terms, y->guards.items[i].term));
	}
	assert_int_equal(x->effects.nr, y->effects.nr);
	for (i = 0; i < x->effects.nr; i++)
		assert_int_equal(x->effects.items[i], y->effects.items[i]);
	assert_true(x->result == y->result && x->value == y->value && x->line == y->line);
	assert_int_equal(x->unmodelled, y->unmodelled);
	same_string(x->call, y->call);
	assert_true(term_equal(a->terms, x->result_term, b->terms, y->result_term));
	for (i = 0; i < CELL_NR; i++)
		assert_true(term_equal(a->terms, x->cells[i], b->terms, y->cells[i]));
}

static void same_contract(const struct contract *a, const struct contract *b)
{
	size_t i;

	assert_string_equal(a->function, b->function);
	assert_int_equal(a->infeasible, b->infeasible);
	assert_int_equal(a->terms->pointer_bits, b->terms->pointer_bits);
	assert_int_equal(a->terms->page_shift, b->terms->page_shift);
	assert_true(a->terms->fresh == b->terms->fresh);
	same_effects(a, b);
	assert_int_equal(a->paths.nr, b->paths.nr);
	for (i = 0; i < a->paths.nr; i++)
		same_path(a, &a->paths.items[i], b, &b->paths.items[i]);
	assert_int_equal(a->unmodelled.nr, b->unmodelled.nr);
	for (i = 0; i < a->unmodelled.nr; i++) {
		assert_string_equal(a->unmodelled.items[i].reason, b->unmodelled.items[i].reason);
		assert_int_equal(a->unmodelled.items[i].line, b->unmodelled.items[i].line);
		assert_int_equal(a->unmodelled.items[i].whole, b->unmodelled.items[i].whole);
	}
	assert_int_equal(a->helpers.nr, b->helpers.nr);
	for (i = 0; i < a->helpers.nr; i++) {
		assert_string_equal(a->helpers.items[i].name, b->helpers.items[i].name);
		assert_int_equal(a->helpers.items[i].line, b->helpers.items[i].line);
		assert_int_equal(a->helpers.items[i].takes_vma, b->helpers.items[i].takes_vma);
	}
	assert_int_equal(a->flags.nr, b->flags.nr);
	for (i = 0; i < a->flags.nr; i++) {
		assert_string_equal(a->flags.items[i].name, b->flags.items[i].name);
		assert_true(a->flags.items[i].value == b->flags.items[i].value);
	}
}

/* The caller frees. */
static char *text_of(const struct contract *c)
{
	struct json_object *o = contract_to_json(c);
	char *s = xstrdup(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));

	json_object_put(o);
	return s;
}

static int read_text(const char *text, struct contract *c)
{
	struct json_object *o = json_tokener_parse(text);
	int ret = contract_from_json(o, c);

	json_object_put(o);
	return ret;
}

#endif
