// SPDX-License-Identifier: GPL-2.0-only
/* Two inventories compared: which handlers are the same, and what is different. */
#include "test_reports_fixture.h"

#include "progress/progress.h"

static struct inventory before, after;
static struct step step;

static int begin(void **state)
{
	(void)state;
	start_inventory(&before);
	start_inventory(&after);
	return 0;
}

static int end(void **state)
{
	(void)state;
	vec_free(&step.changes);
	memset(&step, 0, sizeof(step));
	inventory_free(&before);
	inventory_free(&after);
	return 0;
}

static void compare(void)
{
	inventory_sort(&before);
	inventory_sort(&after);
	progress_compare(&before, &after, &step);
}

/* The change of the handler with this id, on either side; NULL: nothing is different. */
static const struct change *of(const char *id)
{
	const struct change *c;

	vec_each(c, &step.changes)
		if ((c->before && !strcmp(c->before->id, id)) || (c->after && !strcmp(c->after->id, id)))
			return c;
	return NULL;
}

static void test_same(void **state)
{
	(void)state;
	add_handler(&before, "a.c", "a", "remap", "auto");
	add_handler(&after, "a.c", "a", "remap", "auto")->line = 99;
	compare();
	assert_int_equal(step.changes.nr, 0);
	assert_int_equal(step.same, 1);
}

static void test_gone_and_new(void **state)
{
	(void)state;
	add_handler(&before, "a.c", "a", "remap", "auto");
	add_handler(&after, "b.c", "b", "remap", "auto");
	compare();
	assert_int_equal(step.changes.nr, 2);
	assert_null(of("a.c:a")->after);
	assert_null(of("b.c:b")->before);
	assert_int_equal(step.same, 0);
}

static void test_moved(void **state)
{
	(void)state;
	add_handler(&before, "a.c", "a", "remap", "auto");
	add_handler(&after, "dir/a.c", "a", "remap", "core");
	compare();
	assert_int_equal(step.changes.nr, 1);
	assert_true(of("a.c:a")->moved);
	assert_true(of("a.c:a")->verdict);
	assert_false(of("a.c:a")->class_name);
	assert_string_equal(of("a.c:a")->after->id, "dir/a.c:a");
}

/* Two of a name: which moved where, nobody can say. */
static void test_ambiguous(void **state)
{
	(void)state;
	add_handler(&before, "a.c", "x", "remap", "auto");
	add_handler(&before, "b.c", "x", "remap", "auto");
	add_handler(&after, "c.c", "x", "remap", "auto");
	compare();
	assert_int_equal(step.changes.nr, 3);
	assert_null(of("a.c:x")->after);
	assert_null(of("b.c:x")->after);
	assert_null(of("c.c:x")->before);
}

/* One of the two stayed: the other's namesake elsewhere is no move either. */
static void test_ambiguous_beside_one_that_stayed(void **state)
{
	(void)state;
	add_handler(&before, "a.c", "x", "remap", "auto");
	add_handler(&before, "b.c", "x", "remap", "auto");
	add_handler(&after, "a.c", "x", "remap", "auto");
	add_handler(&after, "c.c", "x", "remap", "auto");
	compare();
	assert_int_equal(step.same, 1);
	assert_int_equal(step.changes.nr, 2);
	assert_null(of("b.c:x")->after);
}

static void test_what_is_said(void **state)
{
	struct handler *h;

	(void)state;
	add_handler(&before, "a.c", "a", "remap", "auto");
	set_converted(add_handler(&after, "a.c", "a", "remap", "auto"), "patches/1.patch");
	add_handler(&before, "b.c", "b", "remap", "core");
	add_handler(&after, "b.c", "b", "fault", "assisted");
	h = add_handler(&before, "c.c", "c", "remap", "core");
	strlist_add(&h->needs, "x");
	add_handler(&after, "c.c", "c", "remap", "core");
	compare();
	assert_true(of("a.c:a")->converted);
	assert_false(of("a.c:a")->verdict);
	assert_false(of("b.c:b")->converted);
	assert_true(of("b.c:b")->verdict);
	assert_true(of("b.c:b")->class_name);
	assert_true(of("c.c:c")->needs);
	assert_false(of("c.c:c")->verdict);
	assert_int_equal(step.same, 0);
}

/* Every handler of either side is the same, or in one change: 1000 times at random. */
static void test_nothing_is_lost(void **state)
{
	unsigned seed = 1, i, n, counted;
	const struct change *c;
	char file[8], function[8];

	for (n = 0; n < 1000; n++) {
		struct inventory *sides[] = { &before, &after };

		for (i = 0; i < 12; i++) {
			snprintf(file, sizeof(file), "%c.c", 'a' + rand_r(&seed) % 4);
			snprintf(function, sizeof(function), "f%d", rand_r(&seed) % 4);
			struct inventory *side = sides[rand_r(&seed) % 2];
			const struct handler *h;
			bool there = false;
			char *id = xasprintf("%s:%s", file, function);

			vec_each(h, &side->handlers)
				there |= !strcmp(h->id, id);
			free(id);
			if (!there)
				add_handler(side, file, function, "remap", "auto");
		}
		compare();
		counted = 2 * step.same;
		vec_each(c, &step.changes)
			counted += (c->before != NULL) + (c->after != NULL);
		assert_int_equal(counted, before.handlers.nr + after.handlers.nr);
		end(state);
		begin(state);
	}
}

/* A tree's name is text of the inventory: it keeps its column, and moves no cursor. */
static void test_hostile_tree(void **state)
{
	char *text = NULL;
	size_t len;
	FILE *stream = open_memstream(&text, &len);

	(void)state;
	assert_non_null(stream);
	set_text(&before.tree_version, "7.2\033[2J\xc3\xa9\nx and more than twenty columns");
	set_text(&after.tree_version, "7.3");
	add_handler(&after, "a.c", "a\033[31m", "remap", "auto");
	compare();
	progress_print((struct inventory[]){ before, after }, 2, &step, stream);
	fclose(stream);
	assert_string_equal(text,
		"tree                  handlers  converted  hand  waiting  blocked  nothing\n"
		"7.2?[2J???x and more         0          0     0        0        0        0\n"
		"7.3                          1          0     0        1        0        0\n"
		"\n7.2?[2J???x and more -> 7.3: 0 of 0 as before\n"
		"1 new:\n  a.c:a?[31m (remap, auto)\n");
	free(text);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(test_same), TEST(test_gone_and_new), TEST(test_moved), TEST(test_ambiguous),
		TEST(test_ambiguous_beside_one_that_stayed), TEST(test_what_is_said), TEST(test_nothing_is_lost), TEST(test_hostile_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
