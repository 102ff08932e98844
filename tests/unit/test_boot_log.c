// SPDX-License-Identifier: GPL-2.0-only
/* A probe's log: what is read, and what becomes of one that is cut off, damaged, or made to hurt. */
#include "test_boot_fixture.h"

#include "compare/internal.h"

static struct boot_log_state state_of;

static void read_log(struct boot_log *log, const char *text, size_t len)
{
	char *path = path_join(scratch, "log");

	write_whole(path, text, len);
	state_of = (struct boot_log_state){ 0 };
	*log = (struct boot_log){ .state = &state_of };
	assert_int_equal(boot_log_read(log, path), 0);
	free(path);
}

static void forget(struct boot_log *log)
{
	boot_log_free(log);
	free(state_of.kernel);
	free(state_of.trace);
	free(state_of.cut);
	strlist_free(&state_of.bad_lines);
}

static void a_log_is_read(void **state)
{
	static const char text[] = START "{\"subject\":\"a\",\"state\":\"absent\",\"why\":\"no /dev/a\"}\r\n" READY("b")
		REQUEST("b", "x", "\"two\",\"one\",\"two\"", "\"mmap\":\"ok\",\"pages\":3,\"less\":-4") REQUEST("b", "y", "", "")
		"{\"subject\":\"b\",\"request\":\"z\",\"result\":{}}\n" DONE("b", "\"files\":0") END(3);
	const struct log_request *r;
	struct boot_log log;

	(void)state;
	read_log(&log, text, strlen(text));
	assert_null(state_of.cut);
	assert_int_equal(state_of.bad, 0);
	assert_string_equal(state_of.kernel, "7.3.4");
	assert_int_equal(state_of.requests, 3);
	assert_int_equal(state_of.subjects, 2);
	r = boot_log_find(&log, "b", "x");
	assert_int_equal(r->called.nr, 2);
	assert_string_equal(r->called.items[0], "one");
	assert_string_equal(log_value(&r->values, "pages"), "3");
	assert_string_equal(log_value(&r->values, "less"), "-4");
	assert_null(log_value(&r->values, "page"));
	assert_true(r->traced);
	assert_false(boot_log_find(&log, "b", "z")->traced);
	assert_null(boot_log_find(&log, "a", "x"));
	assert_true(boot_log_subject(&log, "a")->absent);
	assert_string_equal(boot_log_subject(&log, "a")->why, "no /dev/a");
	assert_string_equal(boot_log_subject(&log, "b")->states, "ready done");
	assert_string_equal(log_value(&boot_log_subject(&log, "b")->left, "files"), "0");
	forget(&log);
}

static void cut_logs_say_so(void **state)
{
	static const struct { const char *text, *cut; } t[] = {
		{ "", "it ends before the first request" },
		{ START READY("b"), "it ends before the first request" },
		{ START READY("b") REQUEST("b", "x", "", "") REQUEST("b", "y", "", ""), "it ends behind b: y" },
		{ START READY("b") REQUEST("b", "x", "", "") END(2), "its end speaks of 2 requests, and it holds 1" },
		{ START END(-1), "its end speaks of -1 requests, and it holds 0" },
		{ START "{\"end\":\"all\"}\n", "its end speaks of no number of requests, and it holds 0" },
		/* The last line's own end is missing. */
		{ START "{\"end\":0}", "it ends before the first request" },
	};
	struct boot_log log;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		read_log(&log, t[i].text, strlen(t[i].text));
		assert_non_null(state_of.cut);
		assert_string_equal(state_of.cut, t[i].cut);
		forget(&log);
	}
}

static void bad_lines_are_named(void **state)
{
	static const struct { const char *line, *said; } t[] = {
		{ "[    1.0] a kernel's line", "is no JSON object: \"[    1.0] a kernel's line\"" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"result\":{}} {\"end\":1}", "is no JSON object" },
		{ "{\"subject\":\"b\"", "is no JSON object" },
		{ "[]", "is no JSON object" },
		{ "7", "is no JSON object" },
		{ "{\"subject\":\"b\",\"request\":\"\xff\",\"result\":{}}", "is no JSON object" },
		{ "{}", "is neither a request" },
		{ "{\"subject\":\"b\",\"request\":7,\"result\":{}}", "is neither a request" },
		{ "{\"subject\":\"b\",\"request\":\"a\\nb\",\"result\":{}}", "is neither a request" },
		{ "{\"subject\":\"b\",\"request\":\"a\\u0000b\",\"result\":{}}", "is neither a request" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"state\":\"ready\",\"result\":{}}", "is neither a request" },
		{ "{\"subject\":\"b\",\"request\":\"x\"}", "its result is no object" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"result\":[]}", "its result is no object" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"result\":{\"v\":1.5}}", "holds more than short names" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"result\":{\"v\":null}}", "holds more than short names" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"result\":{\"v\":{\"w\":1}}}", "holds more than short names" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"result\":{\"\":1}}", "holds more than short names" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"called\":\"f\",\"result\":{}}", "what it called is no short list" },
		{ "{\"subject\":\"b\",\"request\":\"x\",\"called\":[7],\"result\":{}}", "what it called is no list of names" },
		{ "{\"probe\":1,\"kernel\":\"8\"}", "the probe began a second time" },
		{ "{\"subject\":\"b\",\"state\":\"ready\",\"extra\":1}", "has a member \"extra\" that is not known" },
		{ "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}", "is no JSON object" },
	};
	struct boot_log log;
	char *text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		text = xasprintf(START "%s\n" END(0), t[i].line);
		read_log(&log, text, strlen(text));
		assert_int_equal(state_of.bad, 1);
		assert_has(state_of.bad_lines.items[0], "line 2 ");
		assert_has(state_of.bad_lines.items[0], t[i].said);
		/* The rest of the log is read all the same. */
		assert_null(state_of.cut);
		free(text);
		forget(&log);
	}
}

static void more_of_the_same(void **state)
{
	static const char twice[] = START READY("b") REQUEST("b", "x", "", "\"v\":1") REQUEST("b", "x", "", "\"v\":2") END(2) "{\"end\":2}\n";
	struct strbuf b = { 0 };
	struct boot_log log;
	int i;

	(void)state;
	read_log(&log, twice, strlen(twice));
	assert_int_equal(state_of.bad, 2);
	assert_string_equal(state_of.bad_lines.items[0], "line 6 stands behind the end");
	assert_string_equal(state_of.bad_lines.items[1], "b: x is there twice: the first one counts");
	assert_string_equal(log_value(&boot_log_find(&log, "b", "x")->values, "v"), "1");
	forget(&log);
	/* All are counted, the first of them kept. */
	for (i = 0; i < 1000; i++)
		strbuf_adds(&b, "noise\n");
	read_log(&log, b.s, b.len);
	assert_int_equal(state_of.bad, 1000);
	assert_int_equal(state_of.bad_lines.nr, 20);
	forget(&log);
	/* A line of 70 KB, and a NUL. */
	strbuf_reset(&b);
	strbuf_adds(&b, "{\"subject\":\"b\",\"state\":\"");
	for (i = 0; i < 7000; i++)
		strbuf_adds(&b, "0123456789");
	strbuf_adds(&b, "\"}\n");
	strbuf_add(&b, "{\"end\":\0 0}\n", 12);
	read_log(&log, b.s, b.len);
	assert_int_equal(state_of.bad, 2);
	assert_string_equal(state_of.bad_lines.items[0], "line 1 is longer than 64 KiB");
	assert_non_null(state_of.cut);
	forget(&log);
	strbuf_free(&b);
}

/* A good log with bytes changed, cut and doubled: something is read or refused, nothing worse. */
static void damaged_logs_are_survived(void **state)
{
	static const char good[] = START READY("b") REQUEST("b", "x", "\"f\"", "\"mmap\":\"ok\",\"pages\":3")
		REQUEST("b", "y", "", "\"w\":\"\\u00e4\"") DONE("b", "\"files\":0") END(2);
	unsigned seed = 7, i, k;

	(void)state;
	for (i = 0; i < 1500; i++) {
		struct strbuf b = { 0 };
		struct boot_log log;

		strbuf_add(&b, good, sizeof(good) - 1);
		for (k = 0; k < 1 + i % 5; k++) {
			seed = seed * 1103515245 + 12345;
			b.s[(seed >> 8) % b.len] = (char)(seed >> 24);
		}
		if (i % 3 == 0)
			b.len = (seed >> 8) % b.len;
		if (i % 7 == 0)
			strbuf_add(&b, good, sizeof(good) - 1);
		read_log(&log, b.s, b.len);
		assert_true(state_of.bad_lines.nr <= 20);
		forget(&log);
		strbuf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_log_is_read),
		cmocka_unit_test(cut_logs_say_so),
		cmocka_unit_test(bad_lines_are_named),
		cmocka_unit_test(more_of_the_same),
		cmocka_unit_test(damaged_logs_are_survived),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
