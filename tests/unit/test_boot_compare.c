// SPDX-License-Identifier: GPL-2.0-only
/* Two kernels' logs compared: what is the same, what differs, what is not compared and says so. */
#include "test_boot_udf.h"

static void same_is_same(void **state)
{
	const struct boot_handler *h;
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, new_log }, .consoles = { "", "", "" } }, &r);
	assert_int_equal(boot_findings(&r), 0);
	assert_int_equal(r.requests, 2);
	/* Three values, what was called of two requests, the subject's states, and what is left. */
	assert_int_equal(r.values, 7);
	assert_int_equal(r.handlers.nr, inv.handlers.nr);
	h = result_of(&r, UDF);
	assert_string_equal(h->record.verdict, "same");
	assert_true(h->reached_old && h->reached_new && h->record.reached && h->patched);
	assert_int_equal(h->record.requests, 2);
	assert_int_equal(strlen(h->record.patch), 16);
	h = result_of(&r, "drivers/char/mem.c:mem_mmap");
	assert_string_equal(h->record.verdict, "not-reached");
	assert_false(h->record.reached);
	assert_null(h->record.patch);
	assert_int_equal(r.losses.nr, 0);
	assert_int_equal(r.unstable.nr, 0);
	assert_string_equal(r.logs[2].kernel, "7.3.4");
	boot_result_free(&r);
	inventory_free(&inv);
}

/* A conversion that loses a flag, has another errno, or loses a reference. */
static void differences_are_told(void **state)
{
	static const struct { const char *log, *text, *key; } t[] = {
		{ LOG(NEW_CALLED, "\"mmap\":\"ok\",\"flags\":\"rd wr sh mr mw me ms dd\"", "\"files\":0"),
		  "udf: shared rw all: flags: old \"rd wr sh mr mw me ms\", new \"rd wr sh mr mw me ms dd\" (new dd)", "flags" },
		{ LOG(NEW_CALLED, "\"mmap\":\"EAGAIN\",\"flags\":\"rd wr sh mr mw me ms\"", "\"files\":0"),
		  "udf: shared rw all: mmap: old \"ok\", new \"EAGAIN\"", "mmap" },
		{ LOG(NEW_CALLED, FLAGS, "\"files\":-1"), "udf: files: old 0, new -1", "files" },
		{ LOG(NEW_CALLED, FLAGS, ""), "udf: files: old 0, new nothing", "files" },
		{ LOG(NEW_CALLED, FLAGS ",\"died\":\"SIGBUS\"", "\"files\":0"),
		  "udf: shared rw all: died: old nothing, new \"SIGBUS\"", "died" },
		{ START READY("udf") REQUEST("udf", "shared rw all", "", FLAGS)
		  REQUEST("udf", "shared r past", NEW_CALLED, "\"mmap\":\"EINVAL\"") DONE("udf", "\"files\":0") END(2),
		  "udf: shared rw all: called: old \"udf_mmap\", new \"none\"", "called" },
		{ START READY("udf") REQUEST("udf", "shared rw all", NEW_CALLED, FLAGS) DONE("udf", "\"files\":0") END(1),
		  "udf: shared r past: old \"tried\", new nothing", NULL },
		{ START "{\"subject\":\"udf\",\"state\":\"absent\",\"why\":\"mount: EINVAL\"}\n" END(0),
		  "udf: state: old \"ready done\", new \"absent\" (mount: EINVAL)", "state" },
		/* The new kernel died at the second request. */
		{ START READY("udf") REQUEST("udf", "shared rw all", NEW_CALLED, FLAGS),
		  "udf: shared r past: old \"tried\", new nothing (it ends behind udf: shared rw all)", NULL },
		{ START, "udf: state: old \"ready done\", new nothing (it ends before the first request)", "state" },
	};
	const struct boot_difference *d;
	const struct boot_handler *h;
	struct inventory inv;
	struct boot_result r;
	size_t i;

	(void)state;
	make_booted(&inv);
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		compare(&inv, &(struct runs){ .logs = { old_log, old_log, t[i].log } }, &r);
		h = result_of(&r, UDF);
		assert_string_equal(h->record.verdict, "differs");
		assert_true(h->record.differences.nr >= 1);
		d = &h->record.differences.items[0];
		assert_string_equal(d->text, t[i].text);
		assert_string_equal(d->subject, "udf");
		if (t[i].key)
			assert_string_equal(d->key, t[i].key);
		else
			assert_null(d->key);
		assert_int_equal(r.others.nr, 0);
		assert_true(boot_findings(&r) >= 1);
		assert_string_equal(result_of(&r, "drivers/char/mem.c:mem_mmap")->record.verdict, "not-reached");
		boot_result_free(&r);
	}
	inventory_free(&inv);
}

static void a_missing_log_is_no_success(void **state)
{
	static const char cut[] = START READY("udf") REQUEST("udf", "shared rw all", OLD_CALLED, FLAGS);
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, NULL } }, &r);
	assert_string_equal(r.logs[2].cut, "it is not there");
	assert_string_equal(result_of(&r, UDF)->record.verdict, "differs");
	boot_result_free(&r);
	/* Old logs that are not whole: what only the new one has is no difference, and not the same. */
	compare(&inv, &(struct runs){ .logs = { cut, cut, new_log }, .consoles = { "", "", "" } }, &r);
	assert_int_equal(r.losses.nr, 1);
	assert_has(r.losses.items[0], "udf: shared r past: only the new kernel's log has it");
	assert_int_equal(r.requests, 1);
	boot_result_free(&r);
	/* Without old logs nothing can be said at all. */
	compare(&inv, &(struct runs){ .logs = { NULL, NULL, new_log } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "differs");
	assert_false(result_of(&r, UDF)->record.reached);
	assert_true(boot_findings(&r) >= 2);
	boot_result_free(&r);
	inventory_free(&inv);
}

/* What two boots of the old kernel do not agree on says nothing about the new one. */
static void unstable_values_are_listed(void **state)
{
	static const char again[] = LOG(OLD_CALLED, "\"mmap\":\"ok\",\"flags\":\"rd\"", "\"files\":0");
	static const char other[] = LOG(NEW_CALLED, "\"mmap\":\"ok\",\"flags\":\"wr\"", "\"files\":0");
	static const char one_only[] = START READY("udf") REQUEST("udf", "shared rw all", OLD_CALLED, FLAGS)
		DONE("udf", "\"files\":0") END(1);
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, again, other } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "same");
	assert_int_equal(result_of(&r, UDF)->record.unstable, 1);
	assert_int_equal(r.unstable.nr, 1);
	assert_string_equal(r.unstable.items[0].request, "shared rw all");
	assert_string_equal(r.unstable.items[0].key, "flags");
	assert_string_equal(r.unstable.items[0].second, "rd");
	assert_int_equal(r.values, 6);
	boot_result_free(&r);
	/* A whole request: not compared, whatever the new kernel said. */
	compare(&inv, &(struct runs){ .logs = { old_log, one_only, new_log } }, &r);
	assert_int_equal(r.unstable.nr, 1);
	assert_null(r.unstable.items[0].key);
	assert_null(r.unstable.items[0].second);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "same");
	assert_int_equal(result_of(&r, UDF)->record.requests, 1);
	boot_result_free(&r);
	inventory_free(&inv);
}

/* Reached, but nothing of it is stable: that is not "the same". */
static void nothing_compared_is_not_the_same(void **state)
{
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = {
		START READY("udf") REQUEST("udf", "x", OLD_CALLED, "\"v\":1") DONE("udf", "") END(1),
		START READY("udf") REQUEST("udf", "x", "", "\"v\":2") "{\"subject\":\"udf\",\"state\":\"died\"}\n" END(1),
		START READY("udf") REQUEST("udf", "x", NEW_CALLED, "\"v\":3") DONE("udf", "") END(1) } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "not-compared");
	assert_int_equal(result_of(&r, UDF)->record.unstable, 3);
	boot_result_free(&r);
	inventory_free(&inv);
}

static void what_is_not_there_is_listed(void **state)
{
	static const char log[] = START "{\"subject\":\"vduse\",\"state\":\"absent\",\"why\":\"no /dev/vduse\"}\n"
		READY("udf") "{\"subject\":\"udf\",\"state\":\"hung\",\"why\":\"no sign of it in time\"}\n" END(0);
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { log, log, log } }, &r);
	assert_int_equal(r.absent.nr, 1);
	assert_string_equal(r.absent.items[0].subject, "vduse");
	assert_string_equal(r.absent.items[0].why, "no /dev/vduse");
	assert_string_equal(r.losses.items[3], "udf: ready hung, in both kernels: not all of it was tried");
	boot_result_free(&r);
	inventory_free(&inv);
}

/* A kernel without the function tracer: differences are found, and nobody is said to have been reached. */
static void without_a_tracer_nobody_is_reached(void **state)
{
	static const char log[] = START READY("udf") "{\"subject\":\"udf\",\"request\":\"x\",\"result\":{\"v\":1}}\n" DONE("udf", "") END(1);
	static const char changed[] = START READY("udf") "{\"subject\":\"udf\",\"request\":\"x\",\"result\":{\"v\":2}}\n" DONE("udf", "") END(1);
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { log, log, changed }, .consoles = { "", "", "" } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "not-reached");
	assert_int_equal(r.others.nr, 1);
	assert_int_equal(r.losses.nr, 1);
	assert_string_equal(r.losses.items[0],
			    "1 requests: which handlers they entered is not known (the tracer: 12 functions)");
	boot_result_free(&r);
	inventory_free(&inv);
}

/* A subject that is there in one boot of the old kernel only: said once. */
static void an_unstable_subject_is_said_once(void **state)
{
	static const char none[] = START "{\"subject\":\"udf\",\"state\":\"absent\",\"why\":\"no loop device\"}\n" END(0);
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, none, new_log } }, &r);
	assert_int_equal(r.unstable.nr, 1);
	assert_string_equal(r.unstable.items[0].key, "state");
	assert_null(r.unstable.items[0].request);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "not-compared");
	assert_int_equal(result_of(&r, UDF)->record.unstable, 1);
	boot_result_free(&r);
	inventory_free(&inv);
}

static void results_are_recorded_and_dropped(void **state)
{
	static const char changed[] = LOG(NEW_CALLED, "\"mmap\":\"EAGAIN\"", "\"files\":0");
	struct inventory inv;
	struct boot_result r;
	char *said;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, changed }, .consoles = { "", "", "WARNING: at x+0x1/0x2\n" } }, &r);
	boot_record(&inv, &r);
	boot_record(&inv, &r);	/* in place of what was there */
	boot_result_free(&r);
	assert_string_equal(udf(&inv)->boot.verdict, "differs");
	assert_int_equal(udf(&inv)->boot.differences.nr, 2);
	assert_int_equal(udf(&inv)->boot.warnings.nr, 1);
	assert_int_equal(inventory_check(&inv), 0);
	assert_int_equal(boot_drop_stale(&inv, scratch), 0);
	/* The words of a patch are nothing that was booted. */
	write_patch("patches/0001-udf.patch", "other words", "new");
	assert_int_equal(boot_drop_stale(&inv, scratch), 0);
	write_patch("patches/0001-udf.patch", "udf", "newer");
	said = SAID(assert_int_equal(boot_drop_stale(&inv, scratch), 1));
	assert_has(said, "1 handler: the patch is another one than was booted");
	assert_null(udf(&inv)->boot.verdict);
	assert_string_equal(inv.handlers.items[0].boot.verdict, "not-reached");
	free(said);
	inventory_free(&inv);
}

static void kernel_warnings_are_differences_of_the_run(void **state)
{
	static const char old_console[] = "[    1.000000] WARNING: CPU: 0 PID: 7 at mm/a.c:12 old_one+0x1/0x2\n";
	static const char new_console[] = "[    2.500000] WARNING: CPU: 1 PID: 9 at mm/a.c:14 old_one+0x3/0x4\n"
		"[    3.500000] BUG: KASAN: use-after-free in mem_read+0x12/0x34\n";
	struct inventory inv;
	struct boot_result r;

	(void)state;
	make_booted(&inv);
	compare(&inv, &(struct runs){ .logs = { old_log, old_log, new_log }, .consoles = { "", old_console, new_console } }, &r);
	assert_int_equal(r.old_warnings.nr, 1);
	assert_int_equal(r.new_warnings.nr, 2);
	assert_int_equal(r.warnings.nr, 1);
	assert_string_equal(r.warnings.items[0], "BUG: KASAN: use-after-free in mem_read()");
	assert_int_equal(boot_findings(&r), 1);
	/* Nobody knows whose it is: each patch that ran says so. */
	assert_string_equal(result_of(&r, UDF)->record.verdict, "same");
	assert_int_equal(result_of(&r, UDF)->record.warnings.nr, 1);
	assert_int_equal(result_of(&r, "drivers/char/mem.c:mem_mmap")->record.warnings.nr, 0);
	boot_result_free(&r);
	/* A request says that it raised it. */
	compare(&inv, &(struct runs){ .logs = { old_log, old_log,
		LOG(NEW_CALLED, FLAGS ",\"warning\":\"BUG: KASAN: use-after-free in mem_read+#/#\"", "\"files\":0") },
		.consoles = { "", old_console, new_console } }, &r);
	assert_string_equal(result_of(&r, UDF)->record.verdict, "differs");
	assert_int_equal(result_of(&r, UDF)->record.warnings.nr, 0);
	assert_int_equal(r.warnings.nr, 1);
	boot_result_free(&r);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_is_same),
		cmocka_unit_test(differences_are_told),
		cmocka_unit_test(a_missing_log_is_no_success),
		cmocka_unit_test(unstable_values_are_listed),
		cmocka_unit_test(nothing_compared_is_not_the_same),
		cmocka_unit_test(what_is_not_there_is_listed),
		cmocka_unit_test(without_a_tracer_nobody_is_reached),
		cmocka_unit_test(an_unstable_subject_is_said_once),
		cmocka_unit_test(results_are_recorded_and_dropped),
		cmocka_unit_test(kernel_warnings_are_differences_of_the_run),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
