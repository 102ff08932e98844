// SPDX-License-Identifier: GPL-2.0-only
/* Whose a difference between two kernels is, and what the proof announced of it. */
#include "test_boot_udf.h"

/* A mapping that was merged in silence can be refused now; only where the proof said so, and nothing else. */
static void announced_differences_are_expected(void **state)
{
	static const char before[] = START READY("udf")
		REQUEST("udf", "shared rw all, adjacent", OLD_CALLED, "\"one\":\"ok\",\"two\":\"ok\",\"vmas\":1")
		DONE("udf", "\"count\":3,\"files\":0") END(1);
	static const char after[] = START READY("udf")
		REQUEST("udf", "shared rw all, adjacent", NEW_CALLED, "\"one\":\"ok\",\"two\":\"EINVAL\",\"vmas\":2")
		DONE("udf", "\"count\":1,\"files\":0") END(1);
	static const char apart[] = START READY("udf")
		REQUEST("udf", "shared rw all, adjacent", NEW_CALLED, "\"one\":\"ok\",\"two\":\"ok\",\"vmas\":2")
		DONE("udf", "\"count\":3,\"files\":0") END(1);
	static const char warned[] = START READY("udf")
		REQUEST("udf", "shared rw all, adjacent", NEW_CALLED, "\"one\":\"ok\",\"two\":\"EINVAL\",\"vmas\":2,\"warning\":\"WARNING: x\"")
		DONE("udf", "\"count\":1,\"files\":1") END(1);
	const struct boot_record *b;
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { before, before, after } }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 3);
	assert_int_equal(result_of(&r, UDF)->record.expected.nr, 0);
	boot_result_free(&r);

	announce(udf(&inv), "merge-after-hook");
	compare(&inv, &(struct runs){ .logs = { before, before, after } }, &r);
	b = &result_of(&r, UDF)->record;
	assert_int_equal(b->expected.nr, 2);
	assert_string_equal(b->expected.items[0].key, "two");
	assert_string_equal(b->expected.items[0].kind, "merge-after-hook");
	assert_int_equal(b->differences.nr, 1);
	assert_string_equal(b->differences.items[0].key, "count");
	boot_result_free(&r);

	announce(udf(&inv), "no-trace-after-failure");
	compare(&inv, &(struct runs){ .logs = { before, before, after } }, &r);
	b = &result_of(&r, UDF)->record;
	assert_string_equal(b->verdict, "same");
	assert_int_equal(b->expected.nr, 3);
	assert_string_equal(b->expected.items[2].kind, "no-trace-after-failure");
	assert_int_equal(boot_findings(&r), 0);
	boot_result_free(&r);

	/* No more than that: all stood, and still they do not merge. */
	compare(&inv, &(struct runs){ .logs = { before, before, apart } }, &r);
	b = &result_of(&r, UDF)->record;
	assert_int_equal(b->differences.nr, 1);
	assert_string_equal(b->differences.items[0].key, "vmas");
	boot_result_free(&r);

	/* A complaint of the kernel's, and more left behind than before, are never right. */
	compare(&inv, &(struct runs){ .logs = { before, before, warned } }, &r);
	b = &result_of(&r, UDF)->record;
	assert_int_equal(b->differences.nr, 2);
	assert_string_equal(b->differences.items[0].key, "warning");
	assert_string_equal(b->differences.items[1].key, "files");
	boot_result_free(&r);
	inventory_free(&inv);
}

static struct boot_announced *announce_by_hand(struct inventory *inv, const char *patch)
{
	struct hand_patch *p = vec_push(&inv->hand);

	p->name = xstrdup("0010-udf-count");
	p->patch = xstrdup(patch);
	*vec_push(&p->boot) = (struct boot_announced){ xstrdup("udf"), xstrdup("*all"), xstrdup("flag*"), xstrdup("* ms"),
						       xstrdup("* dd"), xstrdup("It is not dumped.") };
	return &p->boot.items[0];
}

static void set(char **field, const char *value)
{
	free(*field);
	*field = value ? xstrdup(value) : NULL;
}

/* What a hand-finished patch changes on purpose is expected where it says so, with the values that it names. */
static void a_patch_announces_by_subject_request_key_and_values(void **state)
{
	static const char changed[] = LOG(NEW_CALLED, "\"mmap\":\"ok\",\"flags\":\"rd wr sh mr mw me ms dd\"", "\"files\":0");
	struct boot_announced *a;
	struct inventory inv;
	struct boot_result r;
	int i;

	(void)state;
	make_booted(&inv);
	a = announce_by_hand(&inv, "patches/0001-udf.patch");
	for (i = 0; i < 7; i++) {
		static const char *const wrong[] = { NULL, "coda", "*past", "mmap", "* mr", "* io", NULL };
		char **const fields[] = { NULL, &a->subject, &a->request, &a->key, &a->old_value, &a->new_value, &a->old_value };
		char *was = i ? *fields[i] : NULL;

		if (i)
			*fields[i] = wrong[i] ? xstrdup(wrong[i]) : NULL;
		compare(&inv, &(struct runs){ .logs = { old_log, old_log, changed }, .consoles = { "", "", "" } }, &r);
		assert_int_equal(result_of(&r, UDF)->record.differences.nr, i > 0);
		assert_int_equal(result_of(&r, UDF)->record.expected.nr, !i);
		assert_int_equal(boot_findings(&r), i > 0);
		if (!i)
			assert_string_equal(result_of(&r, UDF)->record.expected.items[0].kind, "0010-udf-count");
		boot_result_free(&r);
		if (i)
			set(fields[i], was);
		free(was);
	}
	inventory_free(&inv);
}

/* A patch that is not in the kernel announces nothing, and none makes a warning or a death right. */
static void a_patch_excuses_no_more_than_it_may(void **state)
{
	static const char changed[] = LOG(NEW_CALLED, "\"mmap\":\"ok\",\"flags\":\"rd wr sh mr mw me ms dd\"", "\"files\":0");
	static const char warned[] = LOG(OLD_CALLED, FLAGS ",\"warning\":\"WARNING: x\"", "\"files\":0");
	static const char other[] = LOG(NEW_CALLED, FLAGS ",\"warning\":\"WARNING: y\"", "\"files\":0");
	struct strlist applied = { 0 };
	struct boot_announced *a;
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	a = announce_by_hand(&inv, "patches/0002-udf-count.patch");
	strlist_add(&applied, "patches/0001-udf.patch");
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, changed }, .applied = &applied }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 1);
	boot_result_free(&r);
	strlist_add(&applied, "patches/0002-udf-count.patch");
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, changed }, .applied = &applied }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 0);
	boot_result_free(&r);

	set(&a->key, "warning");
	set(&a->old_value, "*");
	set(&a->new_value, "*");
	compare(&inv, &(struct runs){ .logs = { warned, warned, other } }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 1);
	boot_result_free(&r);
	set(&a->new_value, NULL);
	compare(&inv, &(struct runs){ .logs = { warned, warned, new_log } }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 0);
	assert_int_equal(result_of(&r, UDF)->record.expected.nr, 1);
	boot_result_free(&r);
	strlist_free(&applied);
	inventory_free(&inv);
}

/* An announced kind excuses what it can do, where it can. */
static void an_announced_kind_excuses_no_more(void **state)
{
	static const char *const kinds[] = { "state-in-mapped", "no-trace-after-failure", "prot-in-vma", "merge-after-hook",
					     "latch-in-hook" };
	static const char changed[] = LOG(NEW_CALLED, "\"mmap\":\"ok\",\"flags\":\"rd wr sh mr mw me ms dd\"", "\"files\":1");
	struct inventory inv;
	struct boot_result r;
	size_t i;

	(void)state;
	make_booted(&inv);
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		announce(udf(&inv), kinds[i]);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, changed } }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 2);
	assert_int_equal(result_of(&r, UDF)->record.expected.nr, 0);
	boot_result_free(&r);
	inventory_free(&inv);
}

/* A request that enters a handler with a patch and one without: it is the patch that changed something. */
static void the_patched_handler_is_blamed(void **state)
{
	static const char before[] = START READY("udf") REQUEST("udf", "x", "\"mem_mmap\"," OLD_CALLED, "\"v\":1") DONE("udf", "") END(1);
	static const char after[] = START READY("udf") REQUEST("udf", "x", "\"mem_mmap\"," NEW_CALLED, "\"v\":2") DONE("udf", "") END(1);
	static const char nobody[] = START READY("udf") REQUEST("udf", "x", "", "\"v\":1") DONE("udf", "") END(1);
	static const char nobody_now[] = START READY("udf") REQUEST("udf", "x", "", "\"v\":2") DONE("udf", "") END(1);
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { before, before, after } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "differs");
	assert_string_equal(result_of(&r, "drivers/char/mem.c:mem_mmap")->record.verdict, "same");
	boot_result_free(&r);
	compare(&inv, &(struct runs){ .logs = { nobody, nobody, nobody_now } }, &r);
	assert_int_equal(r.others.nr, 1);
	assert_string_equal(r.others.items[0].text, "udf: x: v: old 1, new 2");
	assert_int_equal(r.idle.nr, 1);
	assert_string_equal(r.idle.items[0], "udf: x");
	assert_int_equal(boot_findings(&r), 1);
	boot_result_free(&r);
	inventory_free(&inv);
}

static void names_that_several_have(void **state)
{
	static const char log[] = START READY("t") REQUEST("t", "x", "\"twin_mmap\"", "\"v\":1") DONE("t", "") END(1);
	static const char changed[] = START READY("t") REQUEST("t", "x", "\"twin_mmap\"", "\"v\":2") DONE("t", "") END(1);
	static const char stranger[] = START READY("t") REQUEST("t", "x", "\"nobody_mmap\"", "\"v\":1") DONE("t", "") END(1);
	struct strlist built = { 0 };
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { log, log, log } }, &r);
	assert_string_equal(result_of(&r, "drivers/one.c:twin_mmap")->record.verdict, "unclear");
	assert_false(result_of(&r, "drivers/two.c:twin_mmap")->reached_old);
	assert_int_equal(r.unclear.nr, 1);
	assert_string_equal(r.unclear.items[0], "twin_mmap() was called, and 2 handlers have that name: drivers/one.c:twin_mmap, "
			    "drivers/two.c:twin_mmap: none of them counts as reached");
	boot_result_free(&r);
	/* A difference is not lost for that: it can be each one's. */
	compare(&inv, &(struct runs){ .logs = { log, log, changed } }, &r);
	assert_string_equal(result_of(&r, "drivers/one.c:twin_mmap")->record.verdict, "differs");
	assert_string_equal(result_of(&r, "drivers/two.c:twin_mmap")->record.verdict, "differs");
	boot_result_free(&r);

	strlist_add(&built, "drivers/two.c");
	compare(&inv, &(struct runs){ .logs = { log, log, log }, .built = &built }, &r);
	assert_string_equal(result_of(&r, "drivers/one.c:twin_mmap")->record.verdict, "not-built");
	assert_string_equal(result_of(&r, "drivers/two.c:twin_mmap")->record.verdict, "same");
	assert_string_equal(result_of(&r, UDF)->record.verdict, "not-built");
	assert_int_equal(r.unclear.nr, 0);
	boot_result_free(&r);

	compare(&inv, &(struct runs){ .logs = { stranger, stranger, stranger } }, &r);
	assert_int_equal(r.unclear.nr, 2);
	assert_string_equal(r.unclear.items[0], "nobody_mmap() was called, and the old kernel has no handler of that name");
	boot_result_free(&r);
	strlist_free(&built);
	inventory_free(&inv);
}

/* A patch that the new kernel had not is not what was booted. */
static void only_applied_patches_count(void **state)
{
	struct strlist none = { 0 };
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, old_log }, .applied = &none }, &r);
	assert_false(result_of(&r, UDF)->patched);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "same");
	boot_record(&inv, &r);
	assert_null(udf(&inv)->boot.verdict);
	assert_string_equal(inv.handlers.items[0].boot.verdict, "not-reached");
	boot_result_free(&r);
	/* Nor is anything expected of it. */
	announce(udf(&inv), "no-trace-after-failure");
	compare(&inv, &(struct runs){ .logs = { LOG(OLD_CALLED, FLAGS, "\"count\":2"), LOG(OLD_CALLED, FLAGS, "\"count\":2"),
		LOG(OLD_CALLED, FLAGS, "\"count\":1") }, .applied = &none }, &r);
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 1);
	assert_int_equal(result_of(&r, UDF)->record.expected.nr, 0);
	boot_result_free(&r);
	inventory_free(&inv);
}

/* Made by hand, and nobody said what the hook is called. */
static void a_hook_without_a_name_is_unclear(void **state)
{
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	set_text(&udf(&inv)->conversion.new_name, NULL);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, new_log } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "unclear");
	assert_int_equal(result_of(&r, UDF)->record.differences.nr, 0);
	assert_int_equal(r.unclear.nr, 2);
	boot_result_free(&r);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(announced_differences_are_expected),
		cmocka_unit_test(an_announced_kind_excuses_no_more),
		cmocka_unit_test(a_patch_announces_by_subject_request_key_and_values),
		cmocka_unit_test(a_patch_excuses_no_more_than_it_may),
		cmocka_unit_test(the_patched_handler_is_blamed),
		cmocka_unit_test(names_that_several_have),
		cmocka_unit_test(only_applied_patches_count),
		cmocka_unit_test(a_hook_without_a_name_is_unclear),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
