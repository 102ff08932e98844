// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random terms against plain C arithmetic: whatever a constructor makes of its operands, the term's
 * value is that of the operation, in every one of some worlds.  And term_eval() on its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_term_fixture.h"

enum { ROUNDS = 4000 };

static int leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr,
		uint64_t *value)
{
	const struct round *r = ctx;
	size_t i;

	(void)t, (void)args, (void)nr;
	for (i = 0; i < r->nr_leaves; i++)
		if (r->pool[i].term == a) {
			*value = r->pool[i].value[r->world];
			return 0;
		}
	return -ENOENT;
}

static void check_sample(struct round *r, const struct sample *s, const char *what)
{
	struct term_world w = { .leaf = leaf, .ctx = r };
	uint64_t value = 0;
	char *text;
	int err;

	assert_true(ctype_equal(term_at(r->t, s->term)->type, s->type));
	for (r->world = 0; r->world < WORLDS; r->world++) {
		err = term_eval(r->t, s->term, &w, &value);
		if (!err && value == s->value[r->world])
			continue;
		text = term_text(r->t, NULL, s->term);
		fail_msg("%s: %s is %#lx, not %#lx (%d)", what, text, (unsigned long)value,
			 (unsigned long)s->value[r->world], err);
	}
}

static void random_terms_keep_their_value(void **state)
{
	struct round r;
	struct sample s;
	unsigned round, nr = 0;
	size_t tries;
	const char *what;

	(void)state;
	for (round = 1; round <= ROUNDS; round++) {
		start_round(&r, round);
		for (tries = 0; tries < 400 && r.nr < POOL; tries++) {
			if (!make_sample(&r, &s, &what))
				continue;
			check_sample(&r, &s, what);
			r.pool[r.nr++] = s;
			nr++;
		}
		terms_free(r.t);
	}
	assert_true(nr > ROUNDS * 50);
}

/* Who was asked, in which order. */
struct log {
	struct strbuf text;
};

static int ask(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr,
	       uint64_t *value)
{
	struct log *l = ctx;
	const struct term *x = term_at(t, a);
	size_t i;
	const char *name = x->name ? x->name : x->op == TERM_LOAD ? "*" : "call";

	strbuf_addf(&l->text, "%s(", name);
	for (i = 0; i < nr; i++)
		strbuf_addf(&l->text, "%s%lu", i ? "," : "", (unsigned long)args[i]);
	strbuf_adds(&l->text, ")");
	*value = x->op == TERM_LOAD ? args[0] + 1 : x->op == TERM_CALL ? 100 + nr : (uint64_t)name[0];
	return strcmp(name, "bad") ? 0 : -EFAULT;
}

static void asks(struct terms *t, term_t a, int64_t want, const char *who)
{
	struct log l = { { 0 } };
	struct term_world w = { .leaf = ask, .ctx = &l };
	uint64_t value = 0;
	int err = term_eval(t, a, &w, &value);

	strbuf_adds(&l.text, "");
	assert_int_equal(err ? err : (int64_t)value, want);
	assert_string_equal(l.text.s, who);
	strbuf_free(&l.text);
}

static void leaves_are_asked_once_and_only_if_needed(void **state)
{
	struct terms *t = terms_new();
	struct ctype u = ctype_ulong;
	term_t x = term_symbol(t, "x", u), y = term_symbol(t, "y", u),
	       bad = term_symbol(t, "bad", u);
	term_t yes = term_op(t, TERM_ULT, x, y, ctype_bool), args[2] = { y, x }, load, oops;

	(void)state;
	asks(t, term_op(t, TERM_MUL, term_op(t, TERM_ADD, x, y, u), x, u), ('x' + 'y') * 'x',
	     "x()y()");
	load = term_load(t, term_field(t, x, "f", 8), 0, u);
	asks(t, load, 'x' + 9, "x()*(128)");
	asks(t, term_call(t, "f", 0, args, 2, 1, u), 102, "y()x()f(121,120)");
	asks(t, term_call(t, NULL, load, args, 2, 1, u), 103, "x()*(128)y()call(129,121,120)");
	asks(t, bad, -EFAULT, "bad()");
	asks(t, term_ite(t, yes, x, bad), 'x', "x()y()");
	asks(t, term_ite(t, yes, bad, x), -EFAULT, "x()y()bad()");
	oops = term_op(t, TERM_EQ, bad, x, ctype_bool);
	asks(t, term_op(t, TERM_LOR, oops, yes, ctype_bool), 1, "x()y()");
	asks(t, term_op(t, TERM_LAND, oops, yes, ctype_bool), -EFAULT, "x()y()bad()");
	asks(t, term_op(t, TERM_UDIV, x, term_op(t, TERM_AND, y, term_const(t, 2, u), u), u), -EDOM,
	     "x()y()");
	terms_free(t);
}

static void shared_and_deep_terms_take_no_time(void **state)
{
	struct terms *t = terms_new();
	term_t x = term_symbol(t, "x", ctype_ulong), a = x;
	int i;

	(void)state;
	for (i = 0; i < 50000; i++)
		a = term_op(t, TERM_MUL, a, term_op(t, TERM_BNOT, a, 0, ctype_ulong), ctype_ulong);
	asks(t, term_op(t, TERM_AND, a, term_const(t, 1, ctype_ulong), ctype_ulong), 0, "x()");
	terms_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_terms_keep_their_value),
		cmocka_unit_test(leaves_are_asked_once_and_only_if_needed),
		cmocka_unit_test(shared_and_deep_terms_take_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
