// SPDX-License-Identifier: GPL-2.0-only
/* report.md: what it says, and that nothing out of a tree breaks its lines, cells or markup. */
#include "test_reports_fixture.h"

#include "markdown_text.h"
#include "utf8.h"

static char *report(const struct inventory *inv)
{
	char *path = path_join(scratch, "report/report.md"), *text;

	assert_int_equal(report_markdown(inv, path), 0);
	text = read_whole(path);
	free(path);
	return text;
}

static void test_text(void **state)
{
	static const struct { const char *in, *out; } t[] = {
		{ "plain: sets vm_flags, R5.", "plain: sets vm_flags, R5." },
		{ "a|b `c` *d* <e> [f](g) &amp; ~h~ \\", "a\\|b \\`c\\` \\*d\\* \\<e\\> \\[f\\](g) \\&amp; "
		  "\\~h\\~ \\\\" },
		{ "__free(x) _y_", "\\_\\_free(x) \\_y\\_" },
		{ "one\ntwo\r\n\tthree\x01", "one two   three " },
		{ "# head", "\\# head" }, { "- item", "\\- item" }, { "  + item", "\\+ item" },
		{ "12. item", "12\\. item" }, { "3) item", "3\\) item" }, { "1.5 is no list", "1\\.5 is no list" },
		{ "=====", "\\=====" },
		{ "caf\xe9 \xe2\x80\xa8 \xe2\x80\xae \xc2\x85", "caf\xef\xbf\xbd      " },
		{ "", "" }, { NULL, "" },
	};
	struct strbuf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		strbuf_reset(&b);
		strbuf_adds(&b, "- ");
		md_text(&b, t[i].in);
		assert_string_equal(b.s + 2, t[i].out);
	}
	/* In the middle of a line nothing starts a block. */
	strbuf_reset(&b);
	strbuf_adds(&b, "R5: ");
	md_text(&b, "-EINVAL, 1. and # stay");
	assert_string_equal(b.s, "R5: -EINVAL, 1. and # stay");
	strbuf_free(&b);
}

static void test_code(void **state)
{
	static const struct { const char *in, *out; } t[] = {
		{ "x_mmap", "`x_mmap`" }, { "a`b", "``a`b``" }, { "`a", "`` `a ``" },
		{ "a``b`", "``` a``b` ```" }, { "a|b", "`a\xc2\xa6""b`" }, { "a\nb", "`a b`" },
		{ "<b>*x*", "`<b>*x*`" }, { "", "(none)" }, { NULL, "(none)" },
	};
	struct strbuf b = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		strbuf_reset(&b);
		md_code(&b, t[i].in);
		assert_string_equal(b.s, t[i].out);
	}
	strbuf_reset(&b);
	md_place(&b, "a.c", 7);
	md_place(&b, "a.c", 0);
	md_place(&b, NULL, 7);
	assert_string_equal(b.s, "`a.c:7``a.c`(none)");
	strbuf_free(&b);
}

static void test_report(void **state)
{
	struct inventory inv;
	char *text;

	(void)state;
	make_inventory(&inv);
	text = report(&inv);
	assert_has(text, "# mmap_prepare conversion of Linux 7.3.4\n");
	assert_has(text, "**10 handlers found, 2 converted.**");
	assert_has(text, "- converted by rule: 1\n- converted by hand: 1\n");
	assert_has(text, "- waiting for work in the driver: 2 (1 mechanical, 1 need restructuring)\n");
	assert_has(text, "- blocked by an API that this tree lacks: 3\n- failed a check: 1\n"
			 "- nothing to convert: 1\n- not parsed, nothing known: 1\n");
	assert_has(text, "| class | converted | hand | auto | assisted | core | none | failed | "
			 "unparsed | total |\n");
	assert_has(text, "| remap | 1 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 2 |\n");
	assert_has(text, "| **total** | 1 | 1 | 1 | 1 | 2 | 1 | 1 | 1 | 9 |\n");
	assert_has(text, "## Tier 2, by class and verdict\n\n| class | core | total |\n|---|--:|--:|\n"
			 "| remap | 1 | 1 |\n| **total** | 1 | 1 |\n\n| field | core | total |\n"
			 "|---|--:|--:|\n| `snd_pcm_ops.mmap` | 1 | 1 |\n");
	assert_has(text, "Contracts: 7 complete, 1 not, 1 handler without one.\n");
	assert_has(text, "| 1 | a loop whose variables do not settle |\n");
	assert_has(text, "| class | auto | assisted | core | none | unknown | total |\n");
	assert_has(text, "3 handlers wait for an API.");
	assert_has(text, "| `vb2_mmap_prepare` | api | 2 | 1 | 1 | 1 |\n| `dma_mmap_prepare` | api | 1 | 0 | 1 | 2 |\n"
			 "| `snd_pcm_ops.mmap_prepare` | field | 1 | 1 | 1 | 3 |\n");
	assert_has(text, "- `alpha_mmap` in `drivers/a/alpha.c:10` is now `alpha_mmap_prepare`\n"
			 "  - patch `patches/0001-alpha.patch`\n"
			 "  - check compile: ok (x86_64, no new warning)\n"
			 "  - check checkpatch: not-run\n"
			 "  - **differs**: R28: a message about a failed remap is gone\n");
	assert_has(text, "  - failed at compile: drivers/e/epsilon.c:12:3: error: no member named x\n");
	assert_has(text, "### stateful (1)\n\n- `beta_mmap` in `drivers/b/beta.c:10`\n"
			 "  - R1: users is counted up in the handler. (`drivers/b/beta.c:14`)\n"
			 "  - R5: It calls open by hand.\n");
	assert_has(text, "### delegate (2)\n");
	assert_has(text, "  - needs `dma_mmap_prepare`, `vb2_mmap_prepare`\n");
	assert_has(text, ", `snd_pcm_ops.mmap`, reached from `sound/core.c:core_mmap`\n");
	assert_has(text, "- `zeta_mmap` in `drivers/f/zeta.c:10`\n");
	assert_has(text, "| arm64 | 0 | 3 | 0 |\n| x86_64 | 150 | 0 | 2 |\n");
	assert_has(text, "- search: one folder could not be read\n");
	assert_has(text, "- `drivers/f/zeta.c`: parse: libclang was ended after 60 s.\n");
	assert_has(text, "- `drivers/z.c:5`: flags: no flags: the fallback was used.\n");
	assert_has(text, "- `beta_mmap` in `beta_mmap_fops`, `drivers/b/beta.c:20`\n");
	assert_has(text, "the text sees a table, libclang none\n");
	assert_has(text, "The API to add first is `vb2_mmap_prepare`: 2 handlers wait for it, and it unlocks 1.\n");
	assert_has(text, "It lacks: `error_hook`.\n");
	inventory_free(&inv);
	free(text);
}

/* Every handler is on exactly one list, whatever its words. */
static void test_nobody_lost(void **state)
{
	struct inventory inv;
	struct handler *h;
	char *text, *item;

	(void)state;
	make_inventory(&inv);
	set_text(&inv.handlers.items[1].class_name, "magic");
	set_text(&inv.handlers.items[4].outcome, "vanished");
	set_text(&inv.handlers.items[8].outcome, NULL);
	text = report(&inv);
	vec_each(h, &inv.handlers) {
		item = xasprintf("\n- `%s` in `%s:10`", h->function, h->file);
		assert_has(text, item);
		assert_null(strstr(strstr(text, item) + 1, item));
		free(item);
	}
	assert_has(text, "**unaccounted for: 2**");
	assert_has(text, "## Unaccounted for (2)");
	inventory_free(&inv);
	free(text);
}

static void test_empty(void **state)
{
	struct inventory inv;
	char *text;

	(void)state;
	start_inventory(&inv);
	text = report(&inv);
	assert_has(text, "**0 handlers found, 0 converted.**");
	assert_has(text, "No handler was found.");
	assert_lacks(text, "| class |");
	free(text);
	/* Done: nothing that is left is made up. */
	set_converted(add_handler(&inv, "a.c", "a", "remap", "auto"), "patches/1.patch");
	add_handler(&inv, "b.c", "b", "remap", "none");
	text = report(&inv);
	assert_lacks(text, "waits for it");
	assert_lacks(text, "was not read");
	free(text);
	inventory_free(&inv);
}

#define EVIL "x\n\n# pwned\n|a|b|\n```\n<script>&lt;[l](http://e)**b** \xff"

static unsigned lines_starting(const char *text, const char *prefix)
{
	unsigned nr = 0;

	for (; text; text = strchr(text, '\n'), text = text ? text + 1 : NULL)
		nr += str_starts(text, prefix);
	return nr;
}

/* The same report twice, once with harmless and once with hostile text in every string. */
static void make_pair(struct inventory *inv, const char *text)
{
	struct handler *h;
	char *place = xasprintf("%s:1", text);

	start_inventory(inv);
	set_text(&inv->tree_version, text);
	set_text(&inv->libclang_version, text);
	strlist_add(&inv->api, text);
	strlist_add(&inv->api_missing, text);
	inv->nr_parsed = 1;
	inv->parsed = xcalloc(1, sizeof(*inv->parsed));
	inv->parsed[0].arch = xstrdup(text);
	h = add_handler(inv, text, text, "remap", "auto");
	set_converted(h, text);
	set_text(&h->interface, text);
	set_text(&h->conversion.checks.items[0].name, text);
	set_text(&h->conversion.checks.items[0].detail, text);
	strlist_add(&h->conversion.differences, text);
	h->instances.items[0].confirmed = false;
	h = add_handler(inv, text, "second", "remap", "auto");
	set_failed(h, "compile", text);
	h = add_handler(inv, text, "third", "stateful", "core");
	add_reason(h, text, 5, text);
	strlist_add(&h->needs, text);
	strlist_add(&h->callers, place);
	add_problem(inv, text, 3, "parse", text);
	add_problem(inv, "", 0, text, text);
	strlist_add(&inv->disagreements, text);
	free(place);
}

static void test_escaping(void **state)
{
	static const char *const prefixes[] = { "#", "##", "###", "|", "- ", "  - ", "```", "<", "" };
	struct inventory good, evil;
	char *good_text, *evil_text;
	const char *line;
	unsigned cells, last = 0;
	size_t i;

	(void)state;
	make_pair(&good, "harmless");
	make_pair(&evil, EVIL);
	good_text = report(&good);
	evil_text = report(&evil);
	assert_true(utf8_valid(evil_text));
	/* Line for line the same structure. */
	for (i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		assert_int_equal(lines_starting(good_text, prefixes[i]),
				 lines_starting(evil_text, prefixes[i]));
	/* Every row of a table has as many cells as the one above. */
	for (line = evil_text; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL) {
		size_t len = strcspn(line, "\n");

		for (cells = 0, i = 0; *line == '|' && i < len; i++)
			cells += line[i] == '|' && (!i || line[i - 1] != '\\');
		if (cells && last)
			assert_int_equal(cells, last);
		last = cells;
	}
	free(good_text);
	free(evil_text);
	inventory_free(&good);
	inventory_free(&evil);
}

static void test_write_fails(void **state)
{
	char *file = path_join(scratch, "a-file"), *path = path_join(file, "report.md"), *said;
	struct inventory inv;
	int ret;

	(void)state;
	make_inventory(&inv);
	write_whole(file, "x", 1);
	said = SAID(ret = report_markdown(&inv, path));
	assert_true(ret < 0);
	assert_has(said, path);
	inventory_free(&inv);
	free(said);
	free(path);
	free(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_code),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_nobody_lost),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_escaping),
		cmocka_unit_test(test_write_fails),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
