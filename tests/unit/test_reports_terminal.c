// SPDX-License-Identifier: GPL-2.0-only
/* The short report: its numbers, 80 columns whatever the names, colour only where it is wanted. */
#include "test_reports_fixture.h"

#include "terminal_text.h"

static char *report(const struct inventory *inv)
{
	char *text = NULL;
	size_t len;
	FILE *stream = open_memstream(&text, &len);

	assert_non_null(stream);
	report_terminal(inv, stream);
	fclose(stream);
	return text;
}

static void assert_fits(const char *text)
{
	const char *line, *end, *p;

	for (line = text; *line; line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		if (end - line > TERMINAL_WIDTH)
			fail_msg("%d columns: %.*s", (int)(end - line), (int)(end - line), line);
		for (p = line; p < end; p++)
			assert_true(*p >= ' ' && *p < 0x7f);
		assert_true(end == line || end[-1] != ' ');
	}
}

static void test_outcomes(void **state)
{
	struct inventory inv;
	char *text;

	(void)state;
	make_inventory(&inv);
	text = report(&inv);
	assert_fits(text);
	assert_has(text, "class     converted  hand  auto  assisted  core  none  failed  unparsed  total\n");
	assert_has(text, "tier 1: file_operations.mmap\nclass ");
	assert_has(text, "remap             1     -     -         -     -     -       1         -      2\n");
	assert_has(text, "total             1     1     1         1     2     1       1         1      9\n");
	assert_has(text, "tier 2: callbacks that tier 1 hands its vma to\n"
			 "class     core  total\nremap        1      1\ntotal        1      1\n"
			 "  core    total  field\n     1        1  snd_pcm_ops.mmap\n"
			 "contracts: 0 complete, 1 not, 0 handlers without one\n        1  assembly\n");
	assert_has(text, "contracts: 7 complete, 1 not, 1 handler without one\n"
			 "        1  a loop whose variables do not settle\n        1  assembly\n");
	assert_has(text, "missing APIs, the best first: 3 handlers wait for them\n"
			 "    alone  unlocks   so far  waiting  API\n"
			 "        1        1        1        2  vb2_mmap_prepare\n"
			 "        0        1        2        1  dma_mmap_prepare\n"
			 "        1        1        3        1  snd_pcm_ops.mmap_prepare\n\n");
	assert_lacks(text, "reject");
	assert_has(text, "Linux 7.3.4: 10 handlers (9 of tier 1, 1 of tier 2) in 10 places; 60000 files\n"
			 "  searched, 153 read by libclang (arm64 3, x86_64 150)\n");
	assert_has(text, "API: mmap_prepare, mapped; missing: error_hook\n");
	assert_has(text, "not parsed: 2 files, 1 handler\n");
	assert_has(text, "parsed in part (fallback flags): 3 files, 1 handler\n");
	assert_has(text, "seen in the text only, not by libclang: 1 of 10 places\n");
	assert_has(text, "text search and libclang disagree: 1 time\n");
	assert_has(text, "problems: 3\n");
	assert_has(text, "  one folder could not be read\n");
	assert_has(text, "  drivers/f/zeta.c: libclang was ended after 60 s.\n");
	assert_has(text, "  drivers/z.c:5: no flags: the fallback was used.\n");
	inventory_free(&inv);
	free(text);
}

/* After scan alone the outcomes say no more than the verdicts. */
static void test_verdicts(void **state)
{
	struct inventory inv;
	char *text;

	(void)state;
	start_inventory(&inv);
	add_handler(&inv, "a.c", "a", "remap", "auto");
	add_handler(&inv, "b.c", "b", "fault", "core");
	add_handler(&inv, "c.c", "c", "unknown", "unknown");
	text = report(&inv);
	assert_fits(text);
	assert_has(text, "class     auto  core  unknown  total\n");
	assert_has(text, "remap        1     -        -      1\n");
	assert_has(text, "unknown      -     -        1      1\n");
	assert_has(text, "API: nothing; missing: nothing\n");
	assert_has(text, "not parsed: 0 files, 1 handler\n");
	assert_lacks(text, "problems");
	inventory_free(&inv);
	free(text);

	start_inventory(&inv);
	text = report(&inv);
	assert_fits(text);
	assert_has(text, "No mmap handler was found.\n");
	inventory_free(&inv);
	free(text);
}

/* A word that nobody knows has its own row and column. */
static void test_unknown_words(void **state)
{
	struct inventory inv;
	char *text;

	(void)state;
	make_inventory(&inv);
	set_text(&inv.handlers.items[0].class_name, "magic");
	set_text(&inv.handlers.items[0].outcome, "vanished");
	text = report(&inv);
	assert_fits(text);
	assert_has(text, "  unparsed  ?  total\n");
	assert_has(text, "\n?  ");
	inventory_free(&inv);
	free(text);
}

static void test_width(void **state)
{
	char name[500], *text;
	struct inventory inv;
	unsigned i;

	(void)state;
	make_inventory(&inv);
	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	set_text(&inv.tree_version, name);
	for (i = 0; i < 40; i++)
		strlist_addf(&inv.api, "feature_number_%u", i);
	strlist_add(&inv.api_missing, name);
	add_problem(&inv, name, 4000000000u, "parse", name);
	add_problem(&inv, "\x1b[31m\xc3\xa9\n.c", 1, "parse", "a b\tc \x1b]0;title\x07");
	for (i = 0; i < 12; i++)
		add_problem(&inv, "a/quite/long/path/to/a/driver.c", 1234, "parse", "a sentence of so many "
			    "words that it does not fit into one line of a terminal, however it is cut");
	for (i = 0; i < 12; i++) {
		strlist_addf(&inv.handlers.items[2].needs, "%s%u", name, i);
		*vec_push(&inv.handlers.items[1].contract.unmodelled) = (struct contract_gap){
			1, xasprintf("%s %u", name, i),
		};
	}
	set_text(&inv.handlers.items[9].interface, name);
	inventory_sort(&inv);
	text = report(&inv);
	assert_fits(text);
	assert_has(text, "and 5 more, in the inventory\n");
	assert_has(text, "and 4 more reasons, in the inventory\n");
	assert_has(text, "\nand 12 more, in the inventory\n");
	assert_has(text, "  ?[31m???.c:1: a b?c ?]0;title?\n");
	free(text);
	/* Nothing of a long name is cut off. */
	inventory_free(&inv);
	start_inventory(&inv);
	add_problem(&inv, "", 0, "parse", name);
	text = report(&inv);
	assert_fits(text);
	for (i = 0; *text && strchr(text, 'n'); i++)
		*strchr(text, 'n') = '.';
	assert_true(i >= sizeof(name) - 1);
	inventory_free(&inv);
	free(text);
}

/* Tables of a million handlers keep their width too. */
static void test_many(void **state)
{
	struct inventory inv;
	struct handler *h;
	char *text;
	size_t i;

	(void)state;
	memset(&inv, 0, sizeof(inv));
	for (i = 0; i < 8 * 10000; i++) {
		static char *const outcomes[] = { "converted", "hand", "auto", "assisted", "core", "none",
						  "failed", "unparsed" };

		h = vec_push(&inv.handlers);
		h->outcome = outcomes[i % 8];
		h->class_name = "stateful";
		h->tier = 1;
	}
	text = report(&inv);
	assert_fits(text);
	assert_has(text, " 80000\n");
	vec_free(&inv.handlers);
	free(text);
}

/* What a terminal sees, through a pseudo-terminal. */
static char *report_on_tty(const struct inventory *inv)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave;
	struct strbuf b = { 0 };
	char data[4096];
	FILE *stream;
	ssize_t n;

	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(slave >= 0);
	stream = fdopen(slave, "w");
	assert_non_null(stream);
	report_terminal(inv, stream);
	fclose(stream);
	while ((n = read(master, data, sizeof(data))) > 0)
		strbuf_add(&b, data, (size_t)n);
	close(master);
	return strbuf_detach(&b);
}

/* Without the sequences, and a terminal's carriage returns. */
static void without_colour(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (!strncmp(text, "\033[", 2))
			text += strcspn(text, "m");
		else if (*text != '\r')
			*to++ = *text;
	}
	*to = '\0';
}

static void test_colour(void **state)
{
	/* No colour for NO_COLOR that says something, a terminal that has none, and what is no terminal. */
	static const struct { const char *no, *term; bool colour; } cases[] = {
		{ NULL, "xterm", true }, { NULL, NULL, true }, { "", "xterm", true },
		{ "1", "xterm", false }, { "0", "xterm", false }, { NULL, "dumb", false },
	};
	struct inventory inv;
	char *text, *plain;
	size_t i;

	(void)state;
	make_inventory(&inv);
	plain = report(&inv);
	assert_lacks(plain, "\033");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cases[i].no ? setenv("NO_COLOR", cases[i].no, 1) : unsetenv("NO_COLOR");
		cases[i].term ? setenv("TERM", cases[i].term, 1) : unsetenv("TERM");
		text = report_on_tty(&inv);
		if (cases[i].colour) {
			assert_has(text, "\033[32m  converted\033[0m\033[32m  hand\033[0m\033[32m  auto\033[0m"
					 "\033[33m  assisted\033[0m\033[31m  core\033[0m\033[2m  none\033[0m"
					 "\033[1;31m  failed\033[0m\033[1;31m  unparsed\033[0m  total");
			assert_has(text, "\033[31m  core\033[0m    total  field");
			assert_has(text, "\033[31mnot parsed: 2 files");
		} else {
			assert_lacks(text, "\033");
		}
		without_colour(text);
		assert_string_equal(text, plain);
		free(text);
	}
	unsetenv("NO_COLOR");
	inventory_free(&inv);
	free(plain);
}

static void test_ellipsis(void **state)
{
	char *text = NULL;
	size_t len;
	FILE *stream = open_memstream(&text, &len);

	(void)state;
	assert_non_null(stream);
	terminal_wrap(stream, "foo(\"…\") … \xc3\xa9", 0, 2);
	fclose(stream);
	assert_string_equal(text, "foo(\"...\") ... ??\n");
	free(text);
}

/* A path that is longer than a line is for pasting: it stays whole; an expression is cut. */
static void test_long_words(void **state)
{
	static const char place[] = "/a/path/that/is/longer/than/a/line/of/eighty/columns/so/that/it/would/be/cut/remap.c:27:";
	static const char word[] = "file->private_data->first_of_all->second/of_all->third_of_all->fourth_of_all->fifth_of_all";
	char *text = NULL, *expected = xasprintf("%s\n  no code\n%.80s\n  %s\n", place, word, word + 80);
	size_t len;
	FILE *stream = open_memstream(&text, &len);

	(void)state;
	assert_non_null(stream);
	terminal_wrap(stream, "/a/path/that/is/longer/than/a/line/of/eighty/columns/so/that/it/would/be/cut/remap.c:27: no code", 0, 2);
	terminal_wrap(stream, word, 0, 2);
	fclose(stream);
	assert_string_equal(text, expected);
	free(text);
	free(expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_unknown_words),
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_colour),
		cmocka_unit_test(test_ellipsis),
		cmocka_unit_test(test_long_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
