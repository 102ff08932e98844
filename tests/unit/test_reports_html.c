// SPDX-License-Identifier: GPL-2.0-only
/* The page without a browser (tests/page/ has one): what goes into it, and what cannot get out. */
#include "test_reports_fixture.h"

#include <json-c/json.h>

#include "evidence.h"
#include "html/html.h"
#include "html/internal.h"

/* The files of a test have short names: in a folder of their own. */
static int enter(void **state)
{
	return scratch_make(state) || chdir(scratch);
}

static int leave(void **state)
{
	return chdir("/") || scratch_remove(state);
}

static void assert_piece(const char *text, unsigned line, unsigned first, unsigned last)
{
	unsigned from = 0, to = 0;

	assert_true(evidence_piece(text, line, &from, &to));
	assert_int_equal(from, first);
	assert_int_equal(to, last);
}

static void test_pieces(void **state)
{
	static const char text[] =
		"#include <linux/mm.h>\n"			/* 1 */
		"static int foo_mmap(struct file *file,\n"
		"		    struct vm_area_struct *vma)\n"
		"{\n"
		"	if (!vma)\n"				/* 5 */
		"		goto out;\n"
		"out:\n"
		"	return 0;\n"
		"}\n"
		"\n"						/* 10 */
		"static const struct file_operations foo_fops = {\n"
		"	.mmap = foo_mmap,\n"
		"};\n"
		"/* what follows */\n"
		"int foo_mmap(struct file *file,\n"		/* 15 */
		"	     struct vm_area_struct *vma);\n"
		"static int last;\n"
		"#define foo_mmap NULL";
	unsigned from, to;

	(void)state;
	assert_piece(text, 1, 1, 1);
	assert_piece(text, 2, 2, 9);
	assert_piece(text, 7, 2, 9);
	assert_piece(text, 9, 2, 9);
	assert_piece(text, 10, 10, 10);
	assert_piece(text, 12, 11, 13);
	assert_piece(text, 14, 14, 14);
	assert_piece(text, 16, 15, 16);
	assert_piece(text, 17, 17, 17);
	assert_piece(text, 18, 18, 18);
	assert_false(evidence_piece(text, 19, &from, &to));
	assert_false(evidence_piece(text, 0, &from, &to));
	assert_false(evidence_piece("", 1, &from, &to));
}

/* A function longer than is shown: its line alone. */
static void test_long_piece(void **state)
{
	struct strbuf b = { 0 };
	unsigned i;

	(void)state;
	strbuf_adds(&b, "int f(void)\n{\n");
	for (i = 0; i < 1000; i++)
		strbuf_adds(&b, "	g();\n");
	strbuf_adds(&b, "}\n");
	assert_piece(b.s, 900, 900, 900);
	assert_piece(b.s, 1, 1, 300);
	strbuf_free(&b);
}

static void test_evidence(void **state)
{
	struct inventory inv;
	struct handler *h;
	char *said, *text;

	(void)state;
	start_inventory(&inv);
	write_whole("a.c", "int a(void)\n{\n\treturn '\xff';\n}\n", 30);
	h = add_handler(&inv, "a.c", "a", "remap", "auto");
	h->line = 1;
	h = add_handler(&inv, "../outside.c", "b", "remap", "auto");
	h->line = 1;
	said = SAID(assert_int_equal(evidence_write(&inv, ".", "evidence.json"), 0));
	assert_string_equal(said, "");
	free(said);
	text = read_whole("evidence.json");
	assert_has(text, "\"text\": \"int a(void)\\n{\\n\\treturn '\xef\xbf\xbd';\\n}\\n\"");
	assert_has(text, "\"../outside.c:b\": []");
	free(text);
	inventory_free(&inv);
}

/* What stands in a <script> cannot end it, and no source map is fetched. */
static void test_script(void **state)
{
	struct strbuf b = { 0 };

	(void)state;
	html_add_script(&b, "a = '</ScRiPt>';\n//# sourceMappingURL=x.map\nb = '<!--' + '</style>';\n//# sourceMappingURL=y");
	assert_string_equal(b.s, "a = '<\\/ScRiPt>';\nb = '<\\!--' + '<\\/style>';\n");
	strbuf_free(&b);
}

/* Names of APIs are labels of the graph, whatever is in them. */
static void test_graph(void **state)
{
	struct inventory inv;
	struct handler *h;
	char *svg, *why;

	(void)state;
	start_inventory(&inv);
	svg = html_graph(&inv, &why);
	assert_null(svg);
	assert_has(why, "nothing to draw");
	free(why);
	h = add_handler(&inv, "a.c", "a", "delegate", "core");
	strlist_add(&h->needs, "\" ] evil [label=\"<b>&lt;\\N\\");
	strlist_add(&h->needs, "line\nbreak \xff");
	svg = html_graph(&inv, &why);
	assert_null(why);
	assert_int_equal(strncmp(svg, "<svg", 4), 0);
	assert_has(svg, "&quot; ] evil [label=&quot;&lt;b&gt;&amp;lt;\\N\\");
	assert_has(svg, "line break \xef\xbf\xbd");
	/* A node is a link to the handlers that need it. */
	assert_has(svg, "xlink:href=\"#needs=%22%20%5D%20evil%20%5Blabel%3D%22%3Cb%3E%26lt%3B%5CN%5C\"");
	assert_has(svg, "xlink:href=\"#needs=line%0Abreak%20%EF%BF%BD\"");
	assert_null(strstr(svg, "<b>"));
	free(svg);
	inventory_free(&inv);
}

static struct json_object *notes_of(const struct inventory *inv)
{
	struct html_options opt = { .out = ".", .page_dir = "none", .path = "index.html" };
	struct json_object *data = html_data(inv, &opt), *notes = json_object_get(json_object_object_get(data, "notes"));

	assert_null(json_object_object_get(data, "evidence"));
	json_object_put(data);
	return notes;
}

/* What stands beside the inventory and cannot be used is said, and not used. */
static void test_beside(void **state)
{
	static const char other[] = "{\"schema\": \"mmapconv-evidence-1\", \"tree\": \"1.0\", \"handlers\": {}}";
	static const char *const damaged[] = { "", "[", "3", "{\"schema\": 3}", "{\"schema\": \"mmapconv-evidence-9\"}" };
	struct json_object *notes;
	struct inventory inv;
	size_t i;

	(void)state;
	start_inventory(&inv);
	set_converted(add_handler(&inv, "a.c", "a", "remap", "auto"), "patches/none.patch");
	remove("evidence.json");
	notes = notes_of(&inv);
	assert_int_equal(json_object_array_length(notes), 3);
	assert_has(json_object_to_json_string(notes), "evidence.json is not there");
	assert_has(json_object_to_json_string_ext(notes, JSON_C_TO_STRING_NOSLASHESCAPE), "patches/none.patch No such file");
	json_object_put(notes);
	for (i = 0; i < sizeof(damaged) / sizeof(*damaged); i++) {
		write_whole("evidence.json", damaged[i], strlen(damaged[i]));
		notes = notes_of(&inv);
		assert_has(json_object_to_json_string(notes), "evidence.json is damaged");
		json_object_put(notes);
	}
	write_whole("evidence.json", other, strlen(other));
	notes = notes_of(&inv);
	assert_has(json_object_to_json_string(notes), "evidence.json is of another tree");
	json_object_put(notes);
	inventory_free(&inv);
}

static void test_no_page(void **state)
{
	struct html_options opt = { .out = ".", .page_dir = "/nowhere", .path = "index.html" };
	struct inventory inv;
	char *said;

	(void)state;
	start_inventory(&inv);
	remove("index.html");
	said = SAID(assert_int_equal(report_html(&inv, &opt), -ENOENT));
	assert_has(said, "/nowhere/page.html: No such file");
	assert_false(file_exists("index.html"));
	free(said);
	inventory_free(&inv);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_long_piece),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_script),
		cmocka_unit_test(test_graph),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_no_page),
	};

	return cmocka_run_group_tests(tests, enter, leave);
}
