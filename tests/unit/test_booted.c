// SPDX-License-Identifier: GPL-2.0-only
/* What a boot said, in every report: words, numbers, Markdown, terminal, CSV, SARIF. */
#include "test_reports_fixture.h"

#include <json-c/json.h>

#include "base/json.h"
#include "booted.h"
#include "csv.h"
#include "sarif/sarif.h"

static void expect_words(const struct boot_record *r, const char *want)
{
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	boot_words_of(&b, r);
	assert_string_equal(b.s, want);
	strbuf_free(&b);
}

static void words(void **state)
{
	static const struct { const char *verdict, *said; } others[] = {
		{ "not-reached", "no request reached it" }, { "not-built", "it was not built into the kernel" },
		{ "unclear", "whether it was reached is not clear" },
		{ "not-compared", "it was reached, and nothing could be compared" },
	};
	struct handler h = { 0 };
	size_t i;

	(void)state;
	expect_words(&h.boot, "");
	set_booted(&h, 212);
	expect_words(&h.boot, "212 requests, no difference");
	h.boot.requests = h.boot.unstable = 1;
	expect_words(&h.boot, "1 request, no difference (1 value was not compared: two boots of one kernel differ in it)");
	h.boot.requests = 4;
	h.boot.unstable = 0;
	add_boot_difference(&h, "merge-after-hook");
	expect_words(&h.boot, "4 requests, no difference but 1, announced");
	add_boot_difference(&h, NULL);
	strlist_add(&h.boot.warnings, "WARNING in f()");
	expect_words(&h.boot, "4 requests, 1 difference; the patched kernel complained of what the other did not: WARNING in f()");
	boot_record_free(&h.boot);
	for (i = 0; i < sizeof(others) / sizeof(*others); i++) {
		h.boot.verdict = xstrdup(others[i].verdict);
		expect_words(&h.boot, others[i].said);
		boot_record_free(&h.boot);
	}
}

static void numbers(void **state)
{
	struct boot_counts c;
	struct inventory inv;

	(void)state;
	make_inventory(&inv);
	inventory_count_boots(&inv, 0, NULL, &c);
	assert_int_equal(c.handlers, 10);
	assert_int_equal(c.booted, 2);
	assert_int_equal(c.reached, 2);
	assert_int_equal(c.requests, 216);
	assert_int_equal(c.differences, 1);
	assert_int_equal(c.expected, 1);
	assert_int_equal(c.by_word[word_index(boot_words, "same")], 1);
	assert_int_equal(c.by_word[word_index(boot_words, "differs")], 1);
	inventory_count_boots(&inv, 1, "remap", &c);
	assert_int_equal(c.handlers, 2);
	assert_int_equal(c.booted, 1);
	inventory_count_boots(&inv, 2, NULL, &c);
	assert_int_equal(c.handlers, 1);
	assert_int_equal(c.booted, 0);
	/* As many as there are words. */
	assert_null(boot_words[NR_BOOTS]);
	inventory_free(&inv);
}

static void markdown(void **state)
{
	char *path = path_join(scratch, "report.md"), *text;
	struct inventory inv;

	(void)state;
	make_inventory(&inv);
	assert_int_equal(report_markdown(&inv, path), 0);
	text = read_whole(path);
	assert_has(text, "\n## Booted\n\nThe tree as it is and with its patches, the same requests in both: 2 of 10 handlers reached, "
			 "1 difference, and 1 announced.\n\nTier 1:\n\n"
			 "| class | handlers | reached | same | differs | requests |\n|---|--:|--:|--:|--:|--:|\n");
	assert_has(text, "| mixedmap | 1 | 1 | 0 | 1 | 4 |\n");
	assert_has(text, "| **total** | 9 | 2 | 1 | 1 | 216 |\n");
	assert_has(text, "\nDifferent:\n\n- `eta_mmap`: eta: shared rw all: VmFlags: old");
	assert_has(text, "\nDifferent, as announced:\n\n- `alpha_mmap`: eta: shared rw all:");
	assert_has(text, "  - booted: 212 requests, no difference but 1, announced (3 values were not compared");
	assert_has(text, "  - booted: 4 requests, 1 difference; the patched kernel complained of what the other did not: "
			 "WARNING in vma_mapped()\n    - eta: shared rw all");
	free(text);
	inventory_free(&inv);
	/* Nothing of it without a boot. */
	start_inventory(&inv);
	add_handler(&inv, "a.c", "a", "remap", "auto");
	assert_int_equal(report_markdown(&inv, path), 0);
	text = read_whole(path);
	assert_lacks(text, "ooted");
	free(text);
	inventory_free(&inv);
	free(path);
}

static void terminal(void **state)
{
	struct inventory inv;
	char *text = NULL;
	size_t len = 0;
	FILE *f;

	(void)state;
	make_inventory(&inv);
	f = open_memstream(&text, &len);
	report_terminal(&inv, f);
	fclose(f);
	assert_has(text, "booted: 2 reached in both kernels, 1 difference; same: 1; differs: 1\n\ntier 2:");
	free(text);
	inventory_free(&inv);
}

static void csv_and_sarif(void **state)
{
	char *csv = path_join(scratch, "handlers.csv"), *sarif = path_join(scratch, "report.sarif"), *text;
	struct json_object *root, *runs, *results, *result, *properties, *list;
	struct inventory inv;
	unsigned booted = 0;
	size_t nr, i, k;

	(void)state;
	make_inventory(&inv);
	assert_int_equal(report_csv(&inv, csv), 0);
	text = read_whole(csv);
	assert_has(text, ",proof,boot,boot_requests,patch,");
	assert_has(text, ",\"converted\",\"\",\"same\",212,\"patches/0001-alpha.patch\"");
	assert_has(text, ",\"core\",\"\",\"\",0,\"\"");
	free(text);

	assert_int_equal(report_sarif(&inv, scratch, sarif), 0);
	text = read_whole(sarif);
	root = json_tokener_parse(text);
	runs = json_get_array(root, "runs", &nr);
	results = json_get_array(json_object_array_get_idx(runs, 0), "results", &nr);
	for (i = 0; i < nr; i++) {
		result = json_object_array_get_idx(results, i);
		properties = json_object_object_get(result, "properties");
		if (!properties)
			continue;
		booted++;
		list = json_get_array(properties, "bootDifferences", &k);
		if (json_get_int(properties, "bootRequests") == 4) {
			assert_int_equal(k, 1);
			assert_has(json_object_get_string(json_object_array_get_idx(list, 0)), "eta: shared rw all: VmFlags:");
			assert_has(json_object_to_json_string(result), "Booted: 4 requests, 1 difference;");
		}
	}
	assert_int_equal(booted, 2);
	json_object_put(root);
	free(text);
	inventory_free(&inv);
	free(csv);
	free(sarif);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words), cmocka_unit_test(numbers), cmocka_unit_test(markdown), cmocka_unit_test(terminal),
		cmocka_unit_test(csv_and_sarif),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
