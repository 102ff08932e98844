// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random conditions to Z3 and to plain arithmetic: what holds in some world is never infeasible,
 * and a witness meets the conditions that it was found for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "contract/smt.h"
#include "test_term_fixture.h"

enum { ROUNDS = 60, QUESTIONS = 12, MOST_CONDITIONS = 3 };

/* How the answers fell. */
struct tally {
	unsigned yes, no, unknown, in_no_world;
};

static int witness_leaf(void *ctx, const struct terms *t, term_t a, const uint64_t *args, size_t nr,
			uint64_t *value)
{
	(void)t, (void)args, (void)nr;
	return smt_value(ctx, a, value);
}

static void check_witness(struct smt *s, const struct terms *t, term_t condition)
{
	struct term_world w = { .leaf = witness_leaf, .ctx = s };
	uint64_t value = 0;
	char *text;
	int err = term_eval(t, condition, &w, &value);

	/* What C leaves undefined may be anything. */
	if (err == -EDOM || (!err && value))
		return;
	text = term_text(t, NULL, condition);
	fail_msg("the witness does not meet %s (%d)", text, err);
}

static bool hold_in_a_world(const struct sample *conditions, size_t nr)
{
	size_t i, w;

	for (w = 0; w < WORLDS; w++) {
		for (i = 0; i < nr && conditions[i].value[w]; i++)
			;
		if (i == nr)
			return true;
	}
	return false;
}

static void ask(struct smt *s, struct round *r, struct tally *tally)
{
	struct sample conditions[MOST_CONDITIONS];
	term_t terms[MOST_CONDITIONS];
	size_t nr = 1 + below(MOST_CONDITIONS), i;
	bool some_world;
	char *text;

	for (i = 0; i < nr; i++) {
		conditions[i] =
			convert(r, r->pool[r->nr_leaves + below((unsigned)(r->nr - r->nr_leaves))],
				ctype_bool);
		terms[i] = conditions[i].term;
	}
	some_world = hold_in_a_world(conditions, nr);
	tally->in_no_world += !some_world;
	switch (smt_feasible(s, terms, nr)) {
	case SMT_YES:
		tally->yes++;
		for (i = 0; i < nr; i++)
			check_witness(s, r->t, terms[i]);
		break;
	case SMT_NO:
		tally->no++;
		if (some_world) {
			text = term_text(r->t, NULL, terms[0]);
			fail_msg("%s is feasible, with %zu more conditions", text, nr - 1);
		}
		break;
	default:
		tally->unknown++;
	}
}

static void answers_agree_with_arithmetic(void **state)
{
	struct tally tally = { 0 };
	struct sample sample;
	struct round r;
	struct smt *s;
	unsigned round, i;
	const char *what;

	(void)state;
	for (round = 1; round <= ROUNDS; round++) {
		start_round(&r, round);
		s = smt_new(r.t, NULL, 12);
		assert_non_null(s);
		for (i = 0; i < 200 && r.nr < r.nr_leaves + 16; i++)
			if (make_sample(&r, &sample, &what))
				r.pool[r.nr++] = sample;
		for (i = 0; i < QUESTIONS && r.nr > r.nr_leaves; i++)
			ask(s, &r, &tally);
		smt_free(s);
		terms_free(r.t);
	}
	/* The questions are neither all alike nor too hard. */
	print_message("%u yes, %u no, %u unknown\n", tally.yes, tally.no, tally.unknown);
	assert_true(tally.yes > ROUNDS && tally.no > ROUNDS && tally.unknown < ROUNDS / 10);
	assert_true(tally.no <= tally.in_no_world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_agree_with_arithmetic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
