// SPDX-License-Identifier: GPL-2.0-only
/* What differed, tried in a second pair of boots: what counts as seen again, and what does not. */
#include "test_boot_udf.h"

#define BUSY "\"mmap\":\"EBUSY\",\"flags\":\"rd wr sh mr mw me ms\""
#define ABSENT START "{\"subject\":\"udf\",\"state\":\"absent\",\"why\":\"mount: EBUSY\"}\n" END(0)
#define ONE(called, flags) \
	START READY("udf") REQUEST("udf", "shared rw all", called, flags) DONE("udf", "\"files\":0") END(1)

struct pair {
	const char *new_log, *old_retry, *new_retry;
	unsigned differences, once;
};

static void try_pairs(const struct pair *t, size_t nr)
{
	const struct boot_handler *h;
	struct strlist subjects = { 0 };
	struct inventory inv;
	struct boot_result r;
	size_t i;

	make_booted(&inv);
	for (i = 0; i < nr; i++) {
		compare(&inv, &(struct runs){ .logs = { old_log, old_log, t[i].new_log }, .consoles = { "", "", "" },
					      .retries = { t[i].old_retry, t[i].new_retry },
					      .retry_consoles = { "", "" } }, &r);
		h = result_of(&r, UDF);
		assert_int_equal(h->record.differences.nr, t[i].differences);
		assert_int_equal(r.once.nr, t[i].once);
		assert_int_equal(h->record.unstable, t[i].once);
		assert_string_equal(h->record.verdict, t[i].differences ? "differs" : "same");
		assert_int_equal(boot_findings(&r) > 0, t[i].differences > 0);
		if (t[i].once) {
			assert_string_equal(r.once.items[0].subject, "udf");
			assert_true(strlen(r.once.items[0].text) > 0);
		}
		boot_to_retry(&r, &subjects);
		assert_int_equal(subjects.nr, t[i].differences > 0);
		strlist_free(&subjects);
		boot_result_free(&r);
	}
	inventory_free(&inv);
}

static void an_accident_is_listed_and_is_no_finding(void **state)
{
	static const struct pair t[] = {
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), old_log, new_log, 0, 1 },
		{ LOG(NEW_CALLED, FLAGS, "\"files\":1"), old_log, new_log, 0, 1 },
		{ LOG("", FLAGS, "\"files\":0"), old_log, new_log, 0, 2 },
		/* The pair that tries it again need not have the rest. */
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), ONE(OLD_CALLED, FLAGS), ONE(NEW_CALLED, FLAGS), 0, 1 },
	};

	(void)state;
	try_pairs(t, sizeof(t) / sizeof(*t));
}

static void a_difference_stays(void **state)
{
	static const struct pair t[] = {
		/* No second pair; the same again; another one; the accident is the old kernel's, the second time. */
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), NULL, NULL, 1, 0 },
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), old_log, LOG(NEW_CALLED, BUSY, "\"files\":0"), 1, 0 },
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), old_log, LOG(NEW_CALLED, "\"mmap\":\"EINVAL\"", "\"files\":0"), 1, 0 },
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), LOG(OLD_CALLED, BUSY, "\"files\":0"),
		  LOG(NEW_CALLED, BUSY, "\"files\":0"), 1, 0 },
		/* The second pair did not come to it. */
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), START END(0), new_log, 1, 0 },
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), old_log, START, 1, 0 },
		{ LOG(NEW_CALLED, BUSY, "\"files\":0"), ABSENT, ABSENT, 1, 0 },
		{ LOG("", FLAGS, "\"files\":0"), old_log, LOG("", FLAGS, "\"files\":0"), 2, 0 },
		/* What only the new kernel said, it said. */
		{ LOG(NEW_CALLED, FLAGS ",\"died\":\"SIGBUS\"", "\"files\":0"), old_log, new_log, 1, 0 },
		/* One of two. */
		{ LOG(NEW_CALLED, BUSY, "\"files\":1"), old_log, LOG(NEW_CALLED, FLAGS, "\"files\":1"), 1, 1 },
	};

	(void)state;
	try_pairs(t, sizeof(t) / sizeof(*t));
}

/* A subject that was busy is compared by what the second pair says of it, or its handler would count as seen. */
static void a_subject_that_comes_later_is_compared(void **state)
{
	const struct boot_handler *h;
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, ABSENT }, .consoles = { "", "", "" },
				      .retries = { old_log, new_log } }, &r);
	h = result_of(&r, UDF);
	assert_string_equal(h->record.verdict, "same");
	assert_int_equal(h->record.requests, 2);
	assert_true(h->reached_new);
	assert_int_equal(r.once.nr, 1);
	boot_result_free(&r);

	compare(&inv, &(struct runs){ .logs = { old_log, old_log, ABSENT }, .consoles = { "", "", "" },
				      .retries = { old_log, LOG(NEW_CALLED, BUSY, "\"files\":0") } }, &r);
	h = result_of(&r, UDF);
	assert_string_equal(h->record.verdict, "differs");
	assert_string_equal(h->record.differences.items[0].text, "udf: shared rw all: mmap: old \"ok\", new \"EBUSY\"");
	boot_result_free(&r);
	inventory_free(&inv);
}

/* What a dead kernel did not come to is no accident of one request. */
static void a_log_that_is_cut_is_not_tried_again(void **state)
{
	struct strlist subjects = { 0 };
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, START READY("udf") }, .consoles = { "", "", "" } }, &r);
	assert_true(boot_findings(&r) > 0);
	boot_to_retry(&r, &subjects);
	assert_int_equal(subjects.nr, 0);
	boot_result_free(&r);
	inventory_free(&inv);
}

/* What the new kernel complains of in the second pair counts as well. */
static void a_warning_of_the_second_pair_is_a_finding(void **state)
{
	static const char warning[] = "[    2.0] WARNING: CPU: 0 PID: 1 at mm/vma.c:1 vma_link+0x10/0x20\n";
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, LOG(NEW_CALLED, BUSY, "\"files\":0") },
				      .consoles = { "", "", "" }, .retries = { old_log, new_log },
				      .retry_consoles = { "", warning } }, &r);
	assert_int_equal(r.once.nr, 1);
	assert_int_equal(r.warnings.nr, 1);
	assert_int_equal(boot_findings(&r), 1);
	boot_result_free(&r);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_accident_is_listed_and_is_no_finding),
		cmocka_unit_test(a_difference_stays),
		cmocka_unit_test(a_subject_that_comes_later_is_compared),
		cmocka_unit_test(a_log_that_is_cut_is_not_tried_again),
		cmocka_unit_test(a_warning_of_the_second_pair_is_a_finding),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
