// SPDX-License-Identifier: GPL-2.0-only
/* Questions to contracts that several rules ask. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"
#include "classify/classify.h"

enum { MAX_DEPTH = 64 };

const struct hook_table *path_table(const struct audit *a, const struct path *p)
{
	const struct hook_table *t = NULL;
	const struct effect *e;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		if (e->kind == EFFECT_VM_OPS)
			t = *e->name ? hook_table(a->hook, e->name) : NULL;
		else if (e->kind == EFFECT_GENERIC)
			t = NULL;
	}
	return t;
}

enum smt_answer path_allows(const struct audit *a, const struct path *p, term_t condition)
{
	struct terms *t = a->c->terms;
	VEC(term_t) all = { 0 };
	enum smt_answer answer;
	const struct guard *g;
	struct smt *s;

	vec_each(g, &p->guards)
		*vec_push(&all) = g->taken ? g->term : term_not(t, g->term);
	*vec_push(&all) = condition;
	s = smt_new(t, &a->c->flags, a->hook->fn.unit->page_shift);
	answer = s ? smt_feasible(s, all.items, all.nr) : SMT_UNKNOWN;
	if (s)
		smt_free(s);
	vec_free(&all);
	return answer;
}

const struct hook_function *callee_of(const struct audit *a, const struct effect *e)
{
	const struct hook_function *f;

	if (e->kind != EFFECT_DELEGATE && e->kind != EFFECT_ESCAPE)
		return NULL;
	vec_each(f, &a->hook->callees)
		if (f->contract && !strcmp(f->name, e->name))
			return f;
	return NULL;
}

const struct effect *callee_action(const struct audit *a, const struct effect *e)
{
	const struct hook_function *f = callee_of(a, e);

	return f ? first_action(f->contract) : NULL;
}

const struct effect *path_action(const struct audit *a, const struct path *p)
{
	const struct effect *found = NULL, *e;
	const uint32_t *i;

	vec_each(i, &p->effects) {
		e = &a->c->effects[*i];
		if (e->kind == EFFECT_ACTION || callee_action(a, e))
			found = e;
	}
	return found;
}

bool path_leaves(const struct contract *c, const struct path *p, size_t *at, const struct effect **e)
{
	for (; *at < p->effects.nr; ++*at) {
		const struct effect *f = &c->effects[p->effects.items[*at]];

		*e = f;
		if ((f->kind == EFFECT_TAKE && f->state != STATE_NONE && path_keeps(c, p, f)) ||
		    (f->kind == EFFECT_DROP && path_keeps(c, p, f)) || f->kind == EFFECT_STORE ||
		    f->kind == EFFECT_STORE_VMA || f->kind == EFFECT_OPEN) {
			++*at;
			return true;
		}
	}
	return false;
}

/* A value without the conversions around it: (u32)((u64)count + 1) is a sum. */
static term_t bare(const struct contract *c, term_t a)
{
	const struct term *x = term_at(c->terms, a);

	while (x->op == TERM_TRUNC || x->op == TERM_ZEXT || x->op == TERM_SEXT) {
		a = x->a;
		x = term_at(c->terms, a);
	}
	return a;
}

static bool reads_place(const struct contract *c, term_t a, term_t address)
{
	const struct term *x = term_at(c->terms, bare(c, a));

	return x->op == TERM_LOAD && x->a == address;
}

bool store_counts(const struct contract *c, const struct effect *e, bool up)
{
	const struct term *x;
	bool adds;
	term_t by;
	int64_t k;

	if (e->kind != EFFECT_STORE || e->args.nr < 2 || !e->args.items[1])
		return false;
	x = term_at(c->terms, bare(c, e->args.items[1]));
	if ((x->op != TERM_ADD && x->op != TERM_SUB) ||
	    (!reads_place(c, x->a, e->args.items[0]) && (x->op == TERM_SUB || !reads_place(c, x->b, e->args.items[0]))))
		return false;
	by = bare(c, reads_place(c, x->a, e->args.items[0]) ? x->b : x->a);
	adds = (x->op == TERM_ADD) != (term_at(c->terms, by)->op == TERM_NEG);
	/* A constant that is subtracted can come as its complement. */
	if (term_is_const(c->terms, by, &k)) {
		if (ctype_width(term_at(c->terms, by)->type) == 32)
			k = (int32_t)k;
		adds = adds == (k > 0);
	}
	return adds == up;
}

bool is_counted(const struct contract *c, const struct effect *e)
{
	if (e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP)
		return e->state == STATE_REFERENCE || e->state == STATE_COUNT || e->state == STATE_LIST ||
		       e->state == STATE_MEMORY;
	return store_counts(c, e, true) || store_counts(c, e, false);
}

const struct effect *leaves_counted(const struct contract *c, bool up, const struct path **where)
{
	const struct effect *e;
	const struct path *p;
	size_t at;

	vec_each(p, &c->paths) {
		if (!path_succeeds(p))
			continue;
		for (at = 0; path_leaves(c, p, &at, &e);) {
			if (!is_counted(c, e))
				continue;
			if (e->kind == EFFECT_STORE ? store_counts(c, e, up) : (e->kind == EFFECT_TAKE) == up) {
				if (where)
					*where = p;
				return e;
			}
		}
	}
	return NULL;
}

term_t symbol_of(const struct contract *c, const char *name)
{
	term_t i;

	for (i = 1; c->terms && i < c->terms->nr; i++)
		if (c->terms->items[i].op == TERM_SYMBOL && !strcmp(c->terms->items[i].name, name))
			return i;
	return 0;
}

const char *root_of(const struct contract *c, term_t address)
{
	const struct term *x;
	unsigned depth;

	for (depth = 0; depth < MAX_DEPTH && address; depth++) {
		x = term_at(c->terms, term_strip(c->terms, address));
		switch (x->op) {
		case TERM_SYMBOL:
		case TERM_GLOBAL:
			return x->name;
		case TERM_FIELD:
		case TERM_ELEMENT:
		case TERM_LOAD:
		case TERM_ADD:
		case TERM_SUB:
			address = x->a;
			break;
		default:
			return NULL;
		}
	}
	return NULL;
}

/* Only the private data is known: it is NULL. */
static int leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr, uint64_t *value)
{
	const struct term *x = term_at(t, a);

	(void)ctx;
	(void)args;
	(void)nr;
	if (x->op != TERM_SYMBOL || strcmp(x->name, "private_data"))
		return -ENODATA;
	*value = 0;
	return 0;
}

bool path_without_data(const struct contract *c, const struct path *p)
{
	const struct term_world world = { .leaf = leaf };
	const struct guard *g;
	uint64_t value;

	vec_each(g, &p->guards)
		if (g->term && !term_eval(c->terms, g->term, &world, &value) && !!value != g->taken)
			return false;
	return true;
}
