// SPDX-License-Identifier: GPL-2.0-only
/* Lists of strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/mem.h"

static struct strlist list_of(const char *letters)
{
	struct strlist l = { 0 };

	for (; *letters; letters++)
		strlist_addf(&l, "%c", *letters);
	return l;
}

static void sorted_once(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" }, { "a", "a" }, { "aa", "a" }, { "cabacb", "abc" }, { "zzya", "ayz" },
	};
	struct strlist l, want;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		l = list_of(rows[i][0]);
		want = list_of(rows[i][1]);
		strlist_sort_once(&l);
		assert_true(strlist_equal(&l, &want));
		strlist_free(&l);
		strlist_free(&want);
	}
}

static void found_in_a_sorted_list(void **state)
{
	struct strlist l = list_of("abdf"), none = { 0 };

	(void)state;
	assert_true(strlist_has_sorted(&l, "a"));
	assert_true(strlist_has_sorted(&l, "f"));
	assert_false(strlist_has_sorted(&l, "c"));
	assert_false(strlist_has_sorted(&l, "aa"));
	assert_false(strlist_has_sorted(&l, ""));
	assert_false(strlist_has_sorted(&none, "a"));
	assert_false(strlist_has_sorted(NULL, "a"));
	strlist_free(&l);
}

static void equal_lists(void **state)
{
	struct strlist ab = list_of("ab"), ac = list_of("ac"), a = list_of("a"), none = { 0 }, other = { 0 };

	(void)state;
	assert_true(strlist_equal(&ab, &ab));
	assert_true(strlist_equal(&none, &other));
	assert_false(strlist_equal(&ab, &ac));
	assert_false(strlist_equal(&ab, &a));
	assert_false(strlist_equal(&a, &none));
	strlist_free(&ab);
	strlist_free(&ac);
	strlist_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sorted_once),
		cmocka_unit_test(found_in_a_sorted_list),
		cmocka_unit_test(equal_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
