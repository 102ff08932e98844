// SPDX-License-Identifier: GPL-2.0-only
/* spatch's answers: found again for the same question, and for no other. */
#include <unistd.h>

#include "test_cache_fixture.h"
#include "rewrite/answers.h"

static struct rules rules;
static const struct rule_run run = { .function = "f", .new_name = "f_prepare", .companions = "", .peers = "",
				     .in = "/somewhere/in.c", .out = "/somewhere/out.c" };
static const char text[] = "int f(void);\n";

static void write_rules(const char *cocci, const char *macros)
{
	rules.cocci = xstrdup(at("rules.cocci"));
	rules.macros = xstrdup(at("macros.h"));
	assert_int_equal(file_write_atomic(rules.cocci, cocci, strlen(cocci)), 0);
	assert_int_equal(file_write_atomic(rules.macros, macros, strlen(macros)), 0);
}

/* A run of the program asks; is it what an earlier one heard? */
static bool heard(const struct rule_run *r, const char *of, enum spatch_status status, const char *said)
{
	struct cache *c = open_cache();
	struct answers *a = answers_open(c, &rules);
	struct answer answer = { 0 };
	bool found;

	assert_non_null(a);
	found = answers_find(a, r, of, strlen(of), &answer);
	if (found) {
		assert_int_equal(answer.status, status);
		assert_int_equal(answer.text.len, strlen(said));
		assert_memory_equal(answer.text.s, said, strlen(said));
	}
	strbuf_free(&answer.text);
	answers_close(a);
	cache_close(c);
	return found;
}

static void hears(enum spatch_status status, const char *said)
{
	struct cache *c = open_cache();
	struct answers *a = answers_open(c, &rules);
	struct answer answer = { .status = status };

	strbuf_adds(&answer.text, said);
	answers_add(a, &run, text, strlen(text), &answer);
	strbuf_free(&answer.text);
	answers_close(a);
	cache_close(c);
}

static void start(const char *cocci, const char *macros)
{
	rules_free(&rules);
	memset(&rules, 0, sizeof(rules));
	write_rules(cocci, macros);
}

static void the_same_question_is_not_asked_twice(void **s)
{
	struct rule_run elsewhere = run;

	(void)s;
	start("rules", "macros");
	assert_false(heard(&run, text, SPATCH_CHANGED, ""));
	hears(SPATCH_CHANGED, "int f_prepare(void);\n");
	assert_true(heard(&run, text, SPATCH_CHANGED, "int f_prepare(void);\n"));
	elsewhere.in = "/another/place/in.c";
	assert_true(heard(&elsewhere, text, SPATCH_CHANGED, "int f_prepare(void);\n"));
	hears(SPATCH_REFUSED, "not this one");
	assert_true(heard(&run, text, SPATCH_REFUSED, "not this one"));
	hears(SPATCH_CHANGED, "");
	assert_true(heard(&run, text, SPATCH_CHANGED, ""));
}

static void another_question_is_asked(void **s)
{
	struct rule_run other[7];
	size_t i;

	(void)s;
	start("rules", "macros");
	hears(SPATCH_CHANGED, "new");
	for (i = 0; i < 7; i++)
		other[i] = run;
	other[0].function = "g";
	other[1].new_name = "f_other";
	other[2].is_helper = true;
	other[3].companions = "g";
	other[4].peers = "g:g_prepare";
	other[5].open = "f_open";
	other[6].in = "/somewhere/in.h";
	for (i = 0; i < 7; i++)
		assert_false(heard(&other[i], text, SPATCH_CHANGED, ""));
	assert_false(heard(&run, "int f(int);\n", SPATCH_CHANGED, ""));
	assert_true(heard(&run, text, SPATCH_CHANGED, "new"));
}

static void other_rules_macros_and_programs_are_asked(void **s)
{
	char *path = xstrdup(getenv("PATH"));

	(void)s;
	start("rules", "macros");
	hears(SPATCH_CHANGED, "new");
	start("other rules", "macros");
	assert_false(heard(&run, text, SPATCH_CHANGED, ""));
	start("rules", "other macros");
	assert_false(heard(&run, text, SPATCH_CHANGED, ""));
	start("rules", "macros");
	assert_true(heard(&run, text, SPATCH_CHANGED, "new"));

	assert_int_equal(symlink("/usr/bin/spatch", at("spatch")), 0);
	setenv("PATH", dir, 1);
	assert_false(heard(&run, text, SPATCH_CHANGED, ""));
	setenv("PATH", path, 1);
	assert_true(heard(&run, text, SPATCH_CHANGED, "new"));
	free(path);
}

/* Nothing is kept with it: a program that was just written can be written again. */
static void a_new_program_is_asked(void **s)
{
	char *path = xstrdup(getenv("PATH"));
	struct cache *c = open_cache();

	(void)s;
	start("rules", "macros");
	assert_int_equal(file_write_atomic(at("spatch"), "#!/bin/sh\n", 10), 0);
	assert_int_equal(chmod(at("spatch"), 0755), 0);
	setenv("PATH", dir, 1);
	assert_null(answers_open(c, &rules));
	setenv("PATH", path, 1);
	assert_null(answers_open(NULL, &rules));
	cache_close(c);
	free(path);
}

static void what_failed_is_asked_again(void **s)
{
	(void)s;
	start("rules", "macros");
	hears(SPATCH_FAILED, "spatch did not end within 1 s");
	assert_false(heard(&run, text, SPATCH_CHANGED, ""));
	hears(SPATCH_NOTHING, "");
	assert_false(heard(&run, text, SPATCH_CHANGED, ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_same_question_is_not_asked_twice, setup),
		cmocka_unit_test_setup(another_question_is_asked, setup),
		cmocka_unit_test_setup(other_rules_macros_and_programs_are_asked, setup),
		cmocka_unit_test_setup(a_new_program_is_asked, setup),
		cmocka_unit_test_setup(what_failed_is_asked_again, setup),
	};
	int failed = cmocka_run_group_tests(tests, setup_all, teardown_all);

	rules_free(&rules);
	return failed;
}
