// SPDX-License-Identifier: GPL-2.0-only
/* A comparison on a terminal and as data: everything that it found is told. */
#include "test_boot_fixture.h"

#include <json-c/json.h>

static const char old_log[] = START "{\"subject\":\"vduse\",\"state\":\"absent\",\"why\":\"no /dev/vduse\"}\n" READY("udf")
	REQUEST("udf", "shared rw all, adjacent", "\"udf_mmap\"", "\"two\":\"ok\",\"vmas\":1,\"flags\":\"rd wr\"")
	REQUEST("udf", "nothing", "", "\"v\":1") REQUEST("udf", "odd", "\"twin_mmap\"", "\"v\":1") DONE("udf", "") END(3);
static const char again[] = START "{\"subject\":\"vduse\",\"state\":\"absent\",\"why\":\"no /dev/vduse\"}\n" READY("udf")
	REQUEST("udf", "shared rw all, adjacent", "\"udf_mmap\"", "\"two\":\"ok\",\"vmas\":1,\"flags\":\"rd wr\"")
	REQUEST("udf", "nothing", "", "\"v\":2") REQUEST("udf", "odd", "\"twin_mmap\"", "\"v\":1") DONE("udf", "") END(3);
static const char new_log[] = START "noise \x1b[2J\n{\"subject\":\"vduse\",\"state\":\"absent\",\"why\":\"no /dev/vduse\"}\n" READY("udf")
	REQUEST("udf", "shared rw all, adjacent", "\"udf_mmap_prepare\"", "\"two\":\"EINVAL\",\"vmas\":2,\"flags\":\"rd\"")
	REQUEST("udf", "nothing", "", "\"v\":3") REQUEST("udf", "odd", "\"twin_mmap\"", "\"v\":1") DONE("udf", "") END(4);

static void make_result(struct inventory *inv, struct boot_result *r)
{
	make_booted(inv);
	announce(udf(inv), "merge-after-hook");
	compare(inv, &(struct runs){ .logs = { old_log, again, new_log },
		.consoles = { "WARNING: old\n", "", "WARNING: old\nWARNING: new\n" } }, r);
}

static char *flat(const struct boot_result *r)
{
	char *text = NULL, *p;
	size_t len = 0, line;
	FILE *f = open_memstream(&text, &len);

	boot_print(r, f);
	fclose(f);
	for (p = text; *p; p += line + (p[line] == '\n')) {
		line = strcspn(p, "\n");
		assert_true(line <= 80);
	}
	/* One blank where a line was wrapped. */
	for (p = text, len = 0; *p; p++) {
		if (*p == '\n' || *p == ' ') {
			if (len && text[len - 1] != ' ')
				text[len++] = ' ';
		} else {
			text[len++] = *p;
		}
	}
	text[len] = '\0';
	return text;
}

static void the_terminal_tells_all(void **state)
{
	static const char *const parts[] = {
		"fs/udf/file.c:udf_mmap: 3 differences, announced: udf: shared rw all, adjacent: two: old \"ok\", new "
		"\"EINVAL\"",
		"kernel warnings of the new kernel only: 1 WARNING: new",
		"the new kernel's log is not whole: its end speaks of 4 requests, and it holds 3",
		"the new kernel's log: 1 line not taken as they are line 2 is no JSON object: \"noise ?[2J\"",
		"subjects that are not there: 1 vduse: no /dev/vduse",
		"not compared, since two boots of the old kernel differ: 1 udf: nothing: v: 1, then 2",
		"requests that entered no handler: 1 udf: nothing",
		"whose it is, is not clear: 1 twin_mmap() was called, and 2 handlers have that name",
		"kernel warnings of the old kernel: 1 WARNING: old",
		"tier 1: 1 of 4 handlers reached in both kernels; same: 1; not-reached: 1; unclear: 2",
		"Linux 7.3.4 booted: 3 requests,",
		"2 findings",
	};
	struct inventory inv;
	struct boot_result r;
	char *text;
	size_t i;

	(void)state;
	make_result(&inv, &r);
	text = flat(&r);
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		assert_has(text, parts[i]);
	free(text);
	boot_result_free(&r);
	inventory_free(&inv);
}

static void the_data_tells_all(void **state)
{
	static const char *const parts[] = {
		"\"schema\":\"mmapconv-boot-1\"", "\"requests\":3", "\"findings\":2",
		"\"cut\":\"its end speaks of 4 requests, and it holds 3\"", "\"kernel\":\"7.3.4\"",
		"\"id\":\"fs/udf/file.c:udf_mmap\",\"tier\":1,\"verdict\":\"same\",\"built\":true,\"patched\":true,\"reached_old\":true,"
		"\"reached_new\":true,\"requests\":1,\"unstable\":0,\"differences\":[],\"expected\":[{\"subject\":\"udf\",\"request\":"
		"\"shared rw all, adjacent\",\"key\":\"two\",\"old\":\"ok\",\"new\":\"EINVAL\",\"kind\":\"merge-after-hook\"",
		"\"unstable\":[{\"subject\":\"udf\",\"request\":\"nothing\",\"key\":\"v\",\"first\":\"1\",\"second\":\"2\"}]",
		"\"absent\":[{\"subject\":\"vduse\",\"why\":\"no /dev/vduse\"}]", "\"idle\":[\"udf: nothing\"]",
		"\"new_warnings\":[\"WARNING: new\",\"WARNING: old\"],\"warnings\":[\"WARNING: new\"]",
	};
	struct json_object *o;
	struct inventory inv;
	struct boot_result r;
	const char *text;
	size_t i;

	(void)state;
	make_result(&inv, &r);
	o = boot_to_json(&r);
	text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	for (i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		assert_has(text, parts[i]);
	json_object_put(o);
	boot_result_free(&r);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_terminal_tells_all),
		cmocka_unit_test(the_data_tells_all),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
