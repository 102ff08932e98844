// SPDX-License-Identifier: GPL-2.0-only
/* convert_handlers(): where it reads and writes, and whether what stands there adds up. */
#include <errno.h>

#include "test_convert_fixture.h"

static void test_hostile_paths(void **s)
{
	static const char *const paths[] = { "../x.c", "/etc/passwd", "a/../../x.c", ".git/config",
					     "d/.GIT/config", "link.c", "dir/x.c", "none.c", "crlf.c", "" };
	char *victim;
	size_t i;

	(void)s;
	put("x.c", "victim");
	put("elsewhere/x.c", "victim");
	put_driver("a.c", NAMES("a_mmap"), "");
	put("tree/crlf.c", "int x;\r\n");
	{
		char *link = path_join(tree.root, "link.c"), *dir = path_join(tree.root, "dir");

		assert_int_equal(symlink("a.c", link), 0);
		assert_int_equal(symlink("../elsewhere", dir), 0);
		free(link);
		free(dir);
	}
	for (i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct handler *h = add_handler("a.c", "a_mmap");

		free(h->instances.items[0].file);
		h->instances.items[0].file = xstrdup(paths[i]);
	}
	add_handler("a.c", "a_mmap; touch x");
	assert_int_equal(convert(), 0);
	for (i = 0; i < inv.handlers.nr; i++)
		want(&inv.handlers.items[i], "failed", "rewrite", "");
	assert_int_equal(patches(), 0);
	victim = get("x.c");
	assert_string_equal(victim, "victim");
	free(victim);
}

static void test_out(void **s)
{
	struct handler *h;
	char *dir = path_join(opt.out, "patches"), *victim;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	/* OUT/patches leads elsewhere: nothing there is removed or written */
	put("victim/0001-precious.patch", "precious");
	assert_int_equal(symlink("../victim", dir), 0);
	assert_int_not_equal(convert(), 0);
	victim = get("victim/0001-precious.patch");
	assert_string_equal(victim, "precious");
	free(victim);
	want(h, "failed", "rewrite", "not reached");
	unlink(dir);
	/* a file where the folder should be: what fails for root as well */
	put("out/work", "in the way");
	assert_int_equal(convert(), 0);
	put("out/patches/0001-x", "");
	free(dir);
	dir = path_join(opt.out, "patches");
	file_remove_tree(dir);
	put("out/patches", "in the way");
	assert_int_not_equal(convert(), 0);
	want(h, "failed", "rewrite", "not reached");
	assert_int_equal(convert_check(&inv, &opt), 0);
	free(dir);
}

static void test_old_tree(void **s)
{
	struct handler *h = add_handler("a.c", "a_mmap");

	(void)s;
	tree.api[API_MMAP_PREPARE] = false;
	assert_int_equal(convert(), -EOPNOTSUPP);
	assert_string_equal(h->outcome, "auto");
}

static void test_check_finds_gaps(void **s)
{
	struct handler *h;
	char *old;

	(void)s;
	put_driver("a.c", NAMES("a_mmap"), "");
	h = add_handler("a.c", "a_mmap");
	assert_int_equal(convert(), 0);
	put("out/patches/0002-stray.patch", "x");
	assert_int_equal(convert_check(&inv, &opt), -ERANGE);
	old = path_join(opt.out, "patches/0002-stray.patch");
	unlink(old);
	free(old);
	assert_int_equal(convert_check(&inv, &opt), 0);
	old = path_join(opt.out, h->conversion.patch);
	unlink(old);
	free(old);
	assert_int_equal(convert_check(&inv, &opt), -ERANGE);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_hostile_paths), T(test_out), T(test_old_tree),
		T(test_check_finds_gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
