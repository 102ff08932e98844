// SPDX-License-Identifier: GPL-2.0-only
/* What files contain: read again when, and only when, they may have changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cache/contents.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";
static char *a, *b;

static int setup(void **s)
{
	(void)s;
	log_set_quiet(true);
	if (!mkdtemp(top))
		return -1;
	a = path_join(top, "a");
	b = path_join(top, "b");
	return 0;
}

static int teardown(void **s)
{
	(void)s;
	free(a);
	free(b);
	return file_remove_tree(top);
}

static void write_file(const char *path, const char *text)
{
	assert_int_equal(file_write_atomic(path, text, strlen(text)), 0);
}

static struct cache *open_cache(void)
{
	return cache_open(&(struct cache_options){ .dir = top, .build = "1" });
}

static uint64_t hash_of(struct contents *t, const char *path)
{
	const struct content *c = contents_of(t, path);

	assert_non_null(c);
	return c->hash;
}

static void test_content(void **state)
{
	struct cache *cache = open_cache();
	struct contents *t = contents_open(cache, "tree");
	uint64_t first;

	(void)state;
	assert_null(contents_of(t, a));
	write_file(a, "one");
	assert_null(contents_of(t, a));		/* as it was at the first call */
	contents_again(t);
	first = hash_of(t, a);
	write_file(b, "one");
	assert_true(hash_of(t, b) == first);
	write_file(a, "two");
	assert_true(hash_of(t, a) == first);
	contents_again(t);
	assert_true(hash_of(t, a) != first);
	assert_true(hash_of(t, b) == first);
	contents_close(t);
	cache_close(cache);
}

/* Overwritten in place within a tick of the clock, with the same size and times. */
static void test_same_stamp(void **state)
{
	struct cache *cache = open_cache();
	struct contents *t;
	uint64_t first;
	struct stat st;
	int fd;

	(void)state;
	write_file(a, "one");
	assert_int_equal(stat(a, &st), 0);
	t = contents_open(cache, "tree");
	first = hash_of(t, a);
	contents_close(t);
	fd = open(a, O_WRONLY);
	assert_int_equal(write(fd, "two", 3), 3);
	close(fd);
	utimensat(AT_FDCWD, a, (struct timespec[]){ st.st_atim, st.st_mtim }, 0);
	t = contents_open(cache, "tree");
	assert_true(hash_of(t, a) != first);
	contents_close(t);
	cache_close(cache);
}

static void test_many(void **state)
{
	struct cache *cache = open_cache();
	struct contents *t = contents_open(cache, "many");
	char name[64];
	unsigned i;

	(void)state;
	for (i = 0; i < 9000; i++) {
		snprintf(name, sizeof(name), "/nowhere/at/all/%u", i);
		assert_null(contents_of(t, name));
	}
	write_file(a, "x");
	assert_true(hash_of(t, a) != 0);
	contents_close(t);
	cache_close(cache);
}

static void test_stamps(void **state)
{
	struct stamp s, other;

	(void)state;
	assert_false(stamp_of("/nowhere/at/all", &s));
	write_file(a, "one");
	assert_true(stamp_of(a, &s));
	assert_int_equal(s.size, 3);
	assert_false(stamp_is_old(&s, stamp_now()));
	assert_true(stamp_is_old(&s, stamp_now() + 3000000000u));
	/* A modification time that is set back does not make it old. */
	utimensat(AT_FDCWD, a, (struct timespec[]){ { .tv_sec = 1 }, { .tv_sec = 1 } }, 0);
	assert_true(stamp_of(a, &other));
	assert_int_equal(other.modified, 1000000000);
	assert_false(stamp_is_old(&other, stamp_now()));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_content), cmocka_unit_test(test_same_stamp), cmocka_unit_test(test_many),
		cmocka_unit_test(test_stamps),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
