// SPDX-License-Identifier: GPL-2.0-only
/* inventory.json: what is written is read back, fits the schema, and is the same bytes again. */
#include "test_reports_fixture.h"

#include <json-c/json.h>

#include "base/run.h"
#include "utf8.h"

/* Write, read, write: the same bytes.  Returns them. */
static char *round_trip(const struct inventory *inv)
{
	char *first = path_join(scratch, "new/folder/first.json"), *a, *b;
	char *second = path_join(scratch, "second.json");
	struct inventory again;

	assert_int_equal(inventory_write(inv, first), 0);
	assert_int_equal(inventory_read(&again, first), 0);
	assert_int_equal(inventory_write(&again, second), 0);
	a = read_whole(first);
	b = read_whole(second);
	assert_string_equal(a, b);
	inventory_free(&again);
	free(b);
	free(first);
	free(second);
	return a;
}

/* What tests/validate-inventory says of this text; its exit status must be as told. */
static char *validate(const char *text, int status)
{
	char *path = path_join(scratch, "validate.json"), *said;
	const char *argv[] = { "tests/validate-inventory", path, NULL };
	struct run_result res;

	write_whole(path, text, strlen(text));
	assert_int_equal(run(&(struct run_request){ .argv = argv }, &res), 0);
	if (res.exit_code != status)
		fail_msg("status %d: %s%s", res.exit_code, res.out.s, res.err.s);
	said = xstrdup(res.out.s);
	run_result_free(&res);
	free(path);
	return said;
}

static void test_round_trip(void **state)
{
	struct inventory inv, again;
	char *text, *path = path_join(scratch, "second.json");
	const struct handler *h;

	(void)state;
	make_inventory(&inv);
	text = round_trip(&inv);
	assert_true(str_ends(text, "\n}\n"));
	assert_has(text, "\"id\": \"drivers/a/alpha.c:alpha_mmap\"");	/* slashes as they are */
	assert_has(text, "\"reached_from\": [],");
	assert_has(text, "\n      \"conversion\": null,\n      \"boot\": null\n");

	assert_int_equal(inventory_read(&again, path), 0);
	assert_int_equal(inventory_check(&again), 0);
	assert_int_equal(again.handlers.nr, 10);
	h = &again.handlers.items[0];
	assert_string_equal(h->conversion.patch, "patches/0001-alpha.patch");
	assert_string_equal(h->conversion.checks.items[1].status, "not-run");
	assert_null(h->conversion.checks.items[1].detail);
	assert_null(h->vm_ops);
	assert_true(h->instances.items[0].confirmed);
	assert_true(h->definitions.items[1].is_null_define);
	assert_int_equal(h->definitions.items[1].line, 31);
	assert_false(again.handlers.items[1].instances.items[0].confirmed);
	assert_false(again.handlers.items[1].instances.items[0].unread);
	assert_true(again.handlers.items[2].instances.items[0].unread);
	assert_int_equal(again.handlers.items[9].tier, 2);
	assert_true(h->contract.complete);
	assert_string_equal(h->contract.paths.items[0].guards.items[0], "11: size <= dev->size");
	assert_null(h->contract.paths.items[0].unmodelled);
	assert_false(again.handlers.items[1].contract.complete);
	assert_int_equal(again.handlers.items[1].contract.more_paths, 3);
	assert_string_equal(again.handlers.items[1].contract.unmodelled.items[1].reason, "assembly");
	assert_int_equal(h->boot.requests, 212);
	assert_int_equal(h->boot.differences.nr, 0);
	assert_string_equal(h->boot.expected.items[0].kind, "merge-after-hook");
	assert_null(again.handlers.items[1].boot.verdict);
	assert_null(again.handlers.items[7].boot.differences.items[0].kind);
	assert_string_equal(again.handlers.items[7].boot.warnings.items[0], "WARNING in vma_mapped()");
	assert_false(again.handlers.items[6].contract.complete);	/* not parsed: null */
	assert_int_equal(again.handlers.items[6].contract.paths.nr, 0);
	assert_true(strlist_has(&again.api, "mapped"));
	assert_true(strlist_has(&again.api_missing, "error_hook"));
	assert_int_equal(again.parsed[0].partial, 3);
	assert_int_equal(again.candidates, 199);
	/* A list that was read is a list that can grow. */
	add_handler(&again, "z.c", "z_mmap", "flags", "auto");
	assert_int_equal(again.handlers.nr, 11);
	inventory_free(&again);
	inventory_free(&inv);
	assert_null(inv.handlers.items);
	free(path);
	free(text);
}

static void test_empty(void **state)
{
	struct inventory inv;
	char *text, *said;

	(void)state;
	start_inventory(&inv);
	text = round_trip(&inv);
	assert_has(text, "\"handlers\": [],");
	assert_has(text, "\"spatch\": null");
	said = validate(text, 0);
	inventory_free(&inv);
	free(said);
	free(text);
}

static void test_totals(void **state)
{
	struct json_object *root, *totals, *o;
	struct inventory inv;

	(void)state;
	make_inventory(&inv);
	root = inventory_to_json(&inv);
	totals = json_object_object_get(root, "totals");
	assert_int_equal(json_object_get_int(json_object_object_get(totals, "handlers")), 10);
	o = json_object_object_get(totals, "by_class");
	assert_int_equal(json_object_get_int(json_object_object_get(o, "remap")), 3);
	assert_int_equal(json_object_get_int(json_object_object_get(o, "reject")), 0);
	o = json_object_object_get(totals, "by_verdict");
	assert_int_equal(json_object_get_int(json_object_object_get(o, "auto")), 3);
	o = json_object_object_get(totals, "by_outcome");
	assert_int_equal(json_object_get_int(json_object_object_get(o, "core")), 3);
	assert_int_equal(json_object_get_int(json_object_object_get(o, "hand")), 1);
	json_object_put(root);
	inventory_free(&inv);
}

static void test_schema(void **state)
{
	static const struct { const char *old, *new, *said; } damage[] = {
		{ "mmapconv-inventory-1", "mmapconv-inventory-2", "schema" },
		{ "\"class\": \"remap\"", "\"class\": \"magic\"", "handlers[0].class" },
		{ "\"how\": \"static\"", "\"how\": \"dynamic\"", "handlers[0].instances[0].how" },
		{ "\"tier\": 1", "\"tier\": 3", "handlers[0].tier" },
		{ "\"status\": \"ok\"", "\"status\": \"fine\"", "conversion" },
		{ "\"vm_ops\": null,", "", "vm_ops" },
		{ "\"vm_ops\": null,", "\"vm_ops\": null, \"extra\": 1,", "extra" },
		{ "\"file\": \"drivers/a/alpha.c\"", "\"file\": \"../alpha.c\"", "handlers[0]" },
		{ "\"line\": 10", "\"line\": \"10\"", "handlers[0].line" },
		/* These fit the schema: only the sums tell. */
		{ "\"handlers\": 10", "\"handlers\": 11", "totals.handlers" },
		{ "\"outcome\": \"failed\"", "\"outcome\": \"auto\"", "totals.by_outcome" },
		{ "\"patch\": \"patches/0001-alpha.patch\"", "\"patch\": null", "names no patch" },
		{ "\"stage\": \"compile\"", "\"stage\": null", "at which stage" },
		{ "drivers/b/beta.c:beta_mmap", "drivers/a/alpha.c:alpha_mmap", "same id" },
		{ "\"tier\": 2", "\"tier\": 2, \"tier\": 2", "2 times" },
	};
	char *text, *said, *at;
	struct strbuf changed = { 0 };
	struct inventory inv;
	size_t i;

	(void)state;
	make_inventory(&inv);
	text = round_trip(&inv);
	said = validate(text, 0);
	assert_has(said, "10 handlers, all accounted for");
	free(said);
	for (i = 0; i < sizeof(damage) / sizeof(*damage); i++) {
		at = strstr(text, damage[i].old);
		assert_non_null(at);
		strbuf_reset(&changed);
		strbuf_add(&changed, text, (size_t)(at - text));
		strbuf_adds(&changed, damage[i].new);
		strbuf_adds(&changed, at + strlen(damage[i].old));
		said = validate(changed.s, 1);
		assert_has(said, damage[i].said);
		free(said);
	}
	strbuf_free(&changed);
	inventory_free(&inv);
	free(text);
}

static void test_utf8(void **state)
{
	static const struct { const char *in, *out; } t[] = {
		{ "plain", "plain" }, { "", "" }, { "caf\xc3\xa9", "caf\xc3\xa9" },
		{ "caf\xe9", "caf\xef\xbf\xbd" },			/* Latin-1 */
		{ "\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd" },		/* overlong */
		{ "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },	/* surrogate */
		{ "\xf4\x90\x80\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
		{ "\xf0\x9f\x90\xa7", "\xf0\x9f\x90\xa7" },
		{ "cut \xe2\x82", "cut \xef\xbf\xbd\xef\xbf\xbd" },
	};
	struct strbuf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		strbuf_reset(&b);
		utf8_add(&b, t[i].in);
		assert_string_equal(b.s, t[i].out);
		assert_true(utf8_valid(b.s));
		assert_int_equal(utf8_valid(t[i].in), !strcmp(t[i].in, t[i].out));
	}
	strbuf_free(&b);
}

/* Names and texts of a tree that nobody writes on purpose, all 255 bytes among them. */
static void test_odd_text(void **state)
{
	char all[256], *text, *said;
	struct inventory inv;
	struct handler *h;
	size_t i;

	(void)state;
	for (i = 0; i < 255; i++)
		all[i] = (char)(i + 1);
	all[255] = '\0';
	start_inventory(&inv);
	h = add_handler(&inv, "drivers/\xff\x01 odd\"\\.c", "f\xe9_mmap", "remap", "auto");
	add_reason(h, "R1", 1, all);
	add_problem(&inv, "new\nline.c", 1, "parse", all);
	strlist_add(&inv.disagreements, all);
	text = round_trip(&inv);
	assert_true(utf8_valid(text));
	assert_has(text, "drivers/\xef\xbf\xbd\xef\xbf\xbd odd\\\"\\\\.c");
	said = validate(text, 0);
	inventory_free(&inv);
	free(said);
	free(text);
}

static void test_write_fails(void **state)
{
	char *file = path_join(scratch, "a-file"), *path = path_join(file, "inventory.json"), *said;
	struct inventory inv;
	int ret;

	(void)state;
	make_inventory(&inv);
	write_whole(file, "x", 1);
	said = SAID(ret = inventory_write(&inv, path));
	assert_true(ret < 0);
	assert_has(said, path);
	assert_has(said, "-o");
	inventory_free(&inv);
	free(said);
	free(path);
	free(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_totals),
		cmocka_unit_test(test_schema),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_odd_text),
		cmocka_unit_test(test_write_fails),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
