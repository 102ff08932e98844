// SPDX-License-Identifier: GPL-2.0-only
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static char dir[] = "/tmp/mmapconv-test-XXXXXX";

static int setup(void **s)
{
	(void)s;
	return mkdtemp(dir) ? 0 : -1;
}

static int teardown(void **s)
{
	(void)s;
	return file_remove_tree(dir);
}

static char *at(const char *name)
{
	static char path[4][512];
	static int turn;
	char *p = path[turn++ % 4];

	snprintf(p, sizeof(path[0]), "%s/%s", dir, name);
	return p;
}

static int entries(const char *path)
{
	DIR *d = opendir(path);
	int nr = 0;

	assert_non_null(d);
	while (readdir(d))
		nr++;
	closedir(d);
	return nr - 2;
}

static void test_read(void **s)
{
	struct strbuf b = { 0 };

	(void)s;
	assert_int_equal(file_write_atomic(at("r"), "hello\0x", 7), 0);
	strbuf_adds(&b, "<");
	assert_int_equal(file_read(at("r"), 7, &b), 0);
	assert_int_equal(b.len, 8);
	assert_memory_equal(b.s, "<hello\0x", 8);
	assert_int_equal(file_read(at("r"), 6, &b), -EFBIG);
	assert_int_equal(b.len, 8);
	assert_int_equal(file_read(at("none"), 100, &b), -ENOENT);
	assert_int_equal(file_read(dir, 100, &b), -EINVAL);
	assert_int_equal(file_read("/dev/null", 100, &b), -EINVAL);
	assert_int_equal(b.len, 8);
	/* A size of 0 in stat() does not mean empty, and the limit holds there too. */
	assert_int_equal(file_read("/proc/self/maps", 10, &b), -EFBIG);
	assert_int_equal(b.len, 8);
	assert_int_equal(file_read("/proc/self/maps", 1 << 20, &b), 0);
	assert_true(b.len > 50);
	strbuf_free(&b);
	assert_int_equal(file_write_atomic(at("empty"), "", 0), 0);
	assert_int_equal(file_read(at("empty"), 0, &b), 0);
	assert_string_equal(b.s, "");
	strbuf_free(&b);
}

static void test_read_fifo(void **s)
{
	struct strbuf b = { 0 };

	(void)s;
	assert_int_equal(mkfifo(at("fifo"), 0600), 0);
	alarm(5);		/* a block is death, not a hanging test */
	assert_int_equal(file_read(at("fifo"), 100, &b), -EINVAL);
	alarm(0);
	strbuf_free(&b);
}

static void test_write(void **s)
{
	struct strbuf b = { 0 };
	struct stat st;
	mode_t mask;

	(void)s;
	mask = umask(027);
	assert_int_equal(file_write_atomic(at("w/x/y"), "one", 3), 0);
	umask(mask);
	assert_int_equal(stat(at("w/x/y"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(file_write_atomic(at("w/x/y"), "second", 6), 0);
	assert_int_equal(file_read(at("w/x/y"), 100, &b), 0);
	assert_string_equal(b.s, "second");
	strbuf_free(&b);
	assert_int_equal(entries(at("w/x")), 1);

	/* A link is replaced, what it points to is not written. */
	assert_int_equal(symlink("y", at("w/x/link")), 0);
	assert_int_equal(file_write_atomic(at("w/x/link"), "third", 5), 0);
	assert_int_equal(file_read(at("w/x/y"), 100, &b), 0);
	assert_string_equal(b.s, "second");
	strbuf_free(&b);

	/* In the way: a folder under the name, a file where a folder should be. */
	assert_int_equal(file_write_atomic(at("w/x"), "no", 2), -EISDIR);
	assert_int_equal(file_write_atomic(at("w/x/y/z"), "no", 2), -ENOTDIR);
	assert_int_equal(entries(at("w")), 1);
	assert_int_equal(entries(at("w/x")), 2);
}

/* In a child that is not root: root writes anywhere. */
static void test_write_lines(void **s)
{
	struct strlist l = { 0 };
	struct strbuf b = { 0 };

	(void)s;
	assert_int_equal(file_write_lines(at("lines"), &l), 0);
	assert_int_equal(file_read(at("lines"), 100, &b), 0);
	assert_string_equal(b.s, "");
	strlist_add(&l, "a b");
	strlist_add(&l, "c");
	assert_int_equal(file_write_lines(at("lines"), &l), 0);
	assert_int_equal(file_read(at("lines"), 100, &b), 0);
	assert_string_equal(b.s, "a b\nc\n");
	assert_int_equal(file_write_lines(at("lines/below"), &l), -ENOTDIR);
	strbuf_free(&b);
	strlist_free(&l);
}

static void test_write_read_only(void **s)
{
	int status;
	pid_t pid;

	(void)s;
	assert_int_equal(file_mkdirs(at("ro")), 0);
	assert_int_equal(file_write_atomic(at("ro/f"), "old", 3), 0);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_int_equal(chmod(at("ro"), 0555), 0);
	pid = fork();
	if (!pid) {
		if (!geteuid() && setuid(65534))
			_exit(9);
		_exit(file_write_atomic(at("ro/f"), "new", 3) != -EACCES ||
		      file_write_atomic(at("ro/sub/f"), "new", 3) != -EACCES);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(chmod(at("ro"), 0755), 0);
	assert_int_equal(entries(at("ro")), 1);
}

/* A disk that is full in the middle, by way of the file size limit. */
static void test_write_full(void **s)
{
	struct strbuf b = { 0 };
	int status;
	pid_t pid;

	(void)s;
	assert_int_equal(file_write_atomic(at("full/f"), "old", 3), 0);
	pid = fork();
	if (!pid) {
		struct rlimit small = { 4096, 4096 };
		static char data[100000];

		signal(SIGXFSZ, SIG_IGN);
		if (setrlimit(RLIMIT_FSIZE, &small))
			_exit(9);
		_exit(file_write_atomic(at("full/f"), data, sizeof(data)) != -EFBIG);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(file_read(at("full/f"), 100, &b), 0);
	assert_string_equal(b.s, "old");
	assert_int_equal(entries(at("full")), 1);
	strbuf_free(&b);
}

static void test_dirs(void **s)
{
	(void)s;
	assert_int_equal(file_mkdirs(at("d//e/f/")), 0);
	assert_true(file_is_dir(at("d/e/f")));
	assert_int_equal(file_mkdirs(at("d/e/f")), 0);
	assert_int_equal(file_mkdirs("/"), 0);
	assert_int_equal(file_write_atomic(at("d/file"), "x", 1), 0);
	assert_int_equal(file_mkdirs(at("d/file/sub")), -ENOTDIR);
	assert_int_equal(file_mkdirs(at("d/file")), -ENOTDIR);
	assert_false(file_is_dir(at("d/file")));
	assert_true(file_exists(at("d/file")));

	/* Removing follows no link, neither below nor at the top. */
	assert_int_equal(file_write_atomic(at("keep/me"), "x", 1), 0);
	assert_int_equal(symlink(at("keep"), at("d/e/link")), 0);
	assert_int_equal(file_remove_tree(at("d")), 0);
	assert_false(file_exists(at("d")));
	assert_int_equal(symlink(at("keep"), at("top")), 0);
	assert_int_equal(file_remove_tree(at("top")), 0);
	assert_false(file_exists(at("top")));
	assert_true(file_exists(at("keep/me")));
	assert_int_equal(file_remove_tree(at("d")), 0);
}

static void test_inside(void **s)
{
	static const struct { const char *path; bool inside; } t[] = {
		{ "a", true }, { "a/b.c", true }, { "a..b/..c/d..", true }, { ".git/x", true },
		{ "drivers/a b.c", true }, { "\xc3\xa9.c", true }, { "...", true },
		{ "", false }, { "/", false }, { "/etc/passwd", false }, { "..", false },
		{ "../x", false }, { "a/../b", false }, { "a/..", false }, { "a//b", false },
		{ "a/", false }, { "a\nb", false }, { "a\x1b[2J", false }, { "a\x7f", false },
	};
	size_t i;

	(void)s;
	for (i = 0; i < sizeof(t) / sizeof(*t); i++)
		if (path_is_inside(t[i].path) != t[i].inside)
			fail_msg("path_is_inside(\"%s\") is not %d", t[i].path, t[i].inside);
}

static void test_join(void **s)
{
	char *a = path_join("x", "y"), *b = path_join("/", "y"), *c = path_join("x/", "y");

	(void)s;
	assert_string_equal(a, "x/y");
	assert_string_equal(b, "/y");
	assert_string_equal(c, "x/y");
	free(a);
	free(b);
	free(c);
}

static void test_cache(void **s)
{
	char *got;

	(void)s;
	setenv("XDG_CACHE_HOME", at("xdg"), 1);
	setenv("HOME", at("home"), 1);
	got = cache_dir();
	assert_string_equal(got, at("xdg/mmapconv"));
	assert_true(file_is_dir(got));
	free(got);
	setenv("XDG_CACHE_HOME", "relative", 1);
	got = cache_dir();
	assert_string_equal(got, at("home/.cache/mmapconv"));
	free(got);
	unsetenv("XDG_CACHE_HOME");
	unsetenv("HOME");
	assert_null(cache_dir());
	assert_int_equal(errno, ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_fifo),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_lines),
		cmocka_unit_test(test_write_read_only),
		cmocka_unit_test(test_write_full),
		cmocka_unit_test(test_dirs),
		cmocka_unit_test(test_inside),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_cache),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
