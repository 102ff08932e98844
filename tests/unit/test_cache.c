// SPDX-License-Identifier: GPL-2.0-only
/* The database: what is found again, where there is room for it and where there is none. */
#include <signal.h>
#include <sys/resource.h>

#include "test_cache_fixture.h"

static void what_was_put_is_found_by_the_next_run(void **s)
{
	struct cache *c = open_cache();

	(void)s;
	assert_non_null(c);
	assert_false(has(c, CACHE_READING, "a", 1, ""));
	put(c, CACHE_READING, "a", 1, "first");
	put(c, CACHE_READING, "a", 1, "second");
	put(c, CACHE_SEARCH, "a", 1, "other kind");
	put(c, CACHE_READING, "empty", 1, "");
	cache_close(c);
	c = open_cache();
	assert_true(has(c, CACHE_READING, "a", 1, "second"));
	assert_true(has(c, CACHE_SEARCH, "a", 1, "other kind"));
	assert_false(has(c, CACHE_READING, "a", 2, ""));
	assert_false(has(c, CACHE_COMMANDS, "a", 1, ""));
	cache_reject(c, CACHE_READING, key_of(c, "a", 1));
	assert_false(has(c, CACHE_READING, "a", 1, ""));
	assert_true(has(c, CACHE_SEARCH, "a", 1, "other kind"));
	cache_close(c);
}

static void another_build_finds_nothing(void **s)
{
	struct cache *c = open_as("build 1", 0);

	(void)s;
	put(c, CACHE_READING, "a", 1, "mine");
	cache_close(c);
	c = open_as("build 2", 0);
	assert_false(has(c, CACHE_READING, "a", 1, ""));
	put(c, CACHE_READING, "a", 1, "yours");
	cache_close(c);
	c = open_as("build 1", 0);
	assert_true(has(c, CACHE_READING, "a", 1, "mine"));
	cache_close(c);
}

static void this_program_has_a_build(void **s)
{
	char *a = cache_build_id(), *b = cache_build_id();

	(void)s;
	assert_non_null(a);
	assert_string_equal(a, b);
	assert_non_null(strstr(a, "clang"));
	free(a);
	free(b);
}

static struct cache_key key_of_list(const char *a, const char *b, const char *c)
{
	struct strlist l = { 0 };
	struct cache_hash h;

	cache_hash_begin(&h, NULL);
	if (a)
		strlist_add(&l, a);
	if (b)
		strlist_add(&l, b);
	cache_hash_list(&h, &l);
	cache_hash_str(&h, c);
	strlist_free(&l);
	return cache_hash_end(&h);
}

static bool same_key(struct cache_key a, struct cache_key b)
{
	return a.high == b.high && a.low == b.low;
}

static void keys_tell_their_parts_apart(void **s)
{
	(void)s;
	assert_true(same_key(key_of_list("ab", "c", "d"), key_of_list("ab", "c", "d")));
	assert_false(same_key(key_of_list("ab", "c", "d"), key_of_list("a", "bc", "d")));
	assert_false(same_key(key_of_list("ab", "c", "d"), key_of_list("ab", NULL, "cd")));
	assert_false(same_key(key_of_list("a", "b", NULL), key_of_list("a", "b", "")));
	assert_false(same_key(key_of_list("a", NULL, "b"), key_of_list(NULL, NULL, "ab")));
}

static void without_a_cache_nothing_is_found(void **s)
{
	(void)s;
	put(NULL, CACHE_READING, "a", 1, "x");
	assert_false(has(NULL, CACHE_READING, "a", 1, ""));
	cache_reject(NULL, CACHE_READING, key_of(NULL, "a", 1));
	cache_close(NULL);
}

static void a_folder_that_cannot_be_used_is_no_failure(void **s)
{
	struct cache *c;

	(void)s;
	/* Where the database should be is a folder. */
	assert_int_equal(mkdir(at("cache.sqlite"), 0777), 0);
	c = open_cache();
	put(c, CACHE_READING, "a", 1, "x");
	assert_false(has(c, CACHE_READING, "a", 1, ""));
	cache_close(c);
	/* The folder itself is missing, and is none of ours to make. */
	snprintf(dir, sizeof(dir), "%s/missing", top);
	assert_null(open_cache());
}

/* As on a full disk: nothing can be written, what is there is still found. */
static void a_full_disk_is_no_failure(void **s)
{
	struct rlimit none = { 0, RLIM_INFINITY }, before;
	struct cache *c = open_cache();

	(void)s;
	put(c, CACHE_READING, "a", 1, "x");
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	put(c, CACHE_READING, "b", 1, "y");
	assert_false(has(c, CACHE_READING, "b", 1, ""));
	assert_true(has(c, CACHE_READING, "a", 1, "x"));
	put(c, CACHE_READING, "c", 1, "z");
	cache_close(c);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	c = open_cache();
	assert_true(has(c, CACHE_READING, "a", 1, "x"));
	cache_close(c);
}

/* Ten runs of ten entries of 20 KiB, in 1 MiB: the youngest are there, the file is small. */
static void it_is_bounded(void **s)
{
	enum { MAX = 1 << 20, VALUE = 20 << 10 };
	char *value = malloc(VALUE + 1);
	struct cache *c;
	struct stat st;
	unsigned run, i;

	(void)s;
	memset(value, 'v', VALUE);
	value[VALUE] = '\0';
	for (run = 0; run < 10; run++) {
		c = open_as("build 1", MAX);
		for (i = 0; i < 10; i++)
			put(c, CACHE_READING, "r", 10 * run + i, value);
		cache_close(c);
		assert_int_equal(stat(at("cache.sqlite"), &st), 0);
		assert_true(st.st_size <= MAX + MAX / 4);
	}
	c = open_as("build 1", MAX);
	for (i = 90; i < 100; i++)
		assert_true(has(c, CACHE_READING, "r", i, value));
	assert_false(has(c, CACHE_READING, "r", 0, ""));
	/* What would take half of it alone is not kept. */
	value = realloc(value, MAX + 1);
	memset(value, 'v', MAX);
	value[MAX] = '\0';
	put(c, CACHE_READING, "big", 1, value);
	assert_false(has(c, CACHE_READING, "big", 1, ""));
	cache_close(c);
	free(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_was_put_is_found_by_the_next_run, setup),
		cmocka_unit_test_setup(another_build_finds_nothing, setup),
		cmocka_unit_test_setup(this_program_has_a_build, setup),
		cmocka_unit_test(keys_tell_their_parts_apart),
		cmocka_unit_test(without_a_cache_nothing_is_found),
		cmocka_unit_test_setup(a_folder_that_cannot_be_used_is_no_failure, setup),
		cmocka_unit_test_setup(a_full_disk_is_no_failure, setup),
		cmocka_unit_test_setup(it_is_bounded, setup),
	};

	return cmocka_run_group_tests(tests, setup_all, teardown_all);
}
