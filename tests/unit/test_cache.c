// SPDX-License-Identifier: GPL-2.0-only
/* The database: what is found again, and what damage, crowds, kills and a full disk do to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cache/cache.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";
static char dir[64];

static int setup_all(void **s)
{
	(void)s;
	log_set_quiet(true);
	return mkdtemp(top) ? 0 : -1;
}

static int teardown_all(void **s)
{
	(void)s;
	return file_remove_tree(top);
}

/* A folder of its own for every test. */
static int setup(void **s)
{
	static unsigned nr;

	(void)s;
	snprintf(dir, sizeof(dir), "%s/%u", top, nr++);
	return mkdir(dir, 0777);
}

static struct cache *open_as(const char *build, uint64_t max_bytes)
{
	struct cache_options opt = { .dir = dir, .build = build, .max_bytes = max_bytes };

	return cache_open(&opt);
}

static struct cache *open_cache(void)
{
	return open_as("build 1", 0);
}

static char *at(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static struct cache_key key_of(const struct cache *c, const char *what, unsigned n)
{
	struct cache_hash h;

	cache_hash_begin(&h, c);
	cache_hash_str(&h, what);
	cache_hash_int(&h, n);
	return cache_hash_end(&h);
}

static bool has(struct cache *c, enum cache_kind kind, const char *what, unsigned n, const char *expected)
{
	struct strbuf b = { 0 };
	bool found = cache_get(c, kind, key_of(c, what, n), &b);

	if (found)
		assert_string_equal(b.s, expected);
	strbuf_free(&b);
	return found;
}

static void put(struct cache *c, enum cache_kind kind, const char *what, unsigned n, const char *value)
{
	cache_put(c, kind, key_of(c, what, n), value, strlen(value));
}

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

/* Overwrite bytes of the database; from the end if at is negative. */
static void damage(long offset, const char *bytes)
{
	FILE *f = fopen(at("cache.sqlite"), "r+");

	assert_non_null(f);
	assert_int_equal(fseek(f, offset, offset < 0 ? SEEK_END : SEEK_SET), 0);
	assert_true(fputs(bytes, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* Whatever the damage: nothing wrong is found, and the next run has a cache that works. */
static void check_rebuilt(void)
{
	struct cache *c = open_cache();
	unsigned i;

	assert_non_null(c);
	for (i = 0; i < 50; i++)
		has(c, CACHE_READING, "a", i, "some value of some length");
	put(c, CACHE_READING, "new", 1, "new");
	cache_close(c);
	c = open_cache();
	assert_true(has(c, CACHE_READING, "new", 1, "new"));
	cache_close(c);
}

static void fill(void)
{
	struct cache *c = open_cache();
	unsigned i;

	for (i = 0; i < 50; i++)
		put(c, CACHE_READING, "a", i, "some value of some length");
	cache_close(c);
}

static void damage_is_dropped(void **s)
{
	struct stat st;
	long at_byte;

	(void)s;
	fill();
	damage(0, "this is no database");
	check_rebuilt();
	fill();
	assert_int_equal(truncate(at("cache.sqlite"), 5000), 0);
	check_rebuilt();
	fill();
	assert_int_equal(truncate(at("cache.sqlite"), 0), 0);
	check_rebuilt();
	fill();
	assert_int_equal(stat(at("cache.sqlite"), &st), 0);
	for (at_byte = 100; at_byte < st.st_size; at_byte += 487) {
		fill();
		damage(at_byte, "\xff\x7f some other bytes \x01");
		check_rebuilt();
	}
}

/* A value that was changed in place is not handed out: SQLite cannot see it, the checksum does. */
static void a_changed_value_is_damage(void **s)
{
	struct strbuf text = { 0 };
	struct cache *c;
	char *hit;

	(void)s;
	c = open_cache();
	put(c, CACHE_READING, "a", 1, "the value that was written");
	cache_close(c);
	assert_int_equal(file_read(at("cache.sqlite"), 1 << 20, &text), 0);
	hit = memmem(text.s, text.len, "the value that", 14);
	assert_non_null(hit);
	damage(hit - text.s, "THE");
	strbuf_free(&text);
	c = open_cache();
	assert_false(has(c, CACHE_READING, "a", 1, ""));
	put(c, CACHE_READING, "a", 1, "again");
	assert_true(has(c, CACHE_READING, "a", 1, "again"));
	cache_close(c);
}

static void run_sql(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(at("cache.sqlite"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void another_program_s_table_is_damage(void **s)
{
	(void)s;
	run_sql("CREATE TABLE entry1 (x)");
	check_rebuilt();
}

/* Damage found while another run has the database open: that run is left alone. */
static void damage_in_company_is_not_dropped(void **s)
{
	struct cache *other, *c;
	struct stat before, after;

	(void)s;
	fill();
	other = open_cache();
	assert_int_equal(stat(at("cache.sqlite"), &before), 0);
	run_sql("UPDATE entry1 SET value = 'forged' WHERE id = (SELECT min(id) FROM entry1)");
	c = open_cache();
	assert_false(has(c, CACHE_READING, "a", 0, ""));
	put(c, CACHE_READING, "b", 1, "b");
	assert_false(has(c, CACHE_READING, "b", 1, ""));
	assert_int_equal(stat(at("cache.sqlite"), &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_true(has(other, CACHE_READING, "a", 1, "some value of some length"));
	put(other, CACHE_READING, "c", 1, "c");
	cache_close(c);
	assert_true(has(other, CACHE_READING, "c", 1, "c"));
	cache_close(other);
	check_rebuilt();
	c = open_cache();
	assert_false(has(c, CACHE_READING, "a", 1, ""));
	cache_close(c);
}

/* Child process: put many, say so in `ready`, go on until killed or done. */
static pid_t start_writer(unsigned from, unsigned to, int ready)
{
	pid_t pid = fork();
	struct cache *c;
	unsigned i;

	assert_true(pid >= 0);
	if (pid)
		return pid;
	c = open_cache();
	for (i = from; i < to; i++) {
		put(c, CACHE_READING, "w", i, "written by a child");
		if (i == from + 20 && write(ready, "x", 1) != 1)
			_exit(1);
	}
	cache_close(c);
	_exit(c ? 0 : 1);
}

static void runs_at_once_share_it(void **s)
{
	enum { RUNS = 4, EACH = 200 };
	pid_t pids[RUNS];
	struct cache *c;
	unsigned i, found = 0;
	int status, ends[2];

	(void)s;
	assert_int_equal(pipe(ends), 0);
	for (i = 0; i < RUNS; i++)
		pids[i] = start_writer(i * EACH, (i + 1) * EACH, ends[1]);
	for (i = 0; i < RUNS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	c = open_cache();
	for (i = 0; i < RUNS * EACH; i++)
		found += has(c, CACHE_READING, "w", i, "written by a child");
	assert_int_equal(found, RUNS * EACH);
	cache_close(c);
	close(ends[0]);
	close(ends[1]);
}

static void a_kill_costs_nothing_that_was_put(void **s)
{
	struct cache *c;
	int status, ends[2], round;
	unsigned i;
	pid_t pid;
	char x;

	(void)s;
	for (round = 0; round < 5; round++) {
		assert_int_equal(pipe(ends), 0);
		pid = start_writer(0, 10000000, ends[1]);
		assert_int_equal(read(ends[0], &x, 1), 1);
		usleep(3000u * (unsigned)round);
		kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		close(ends[0]);
		close(ends[1]);
		c = open_cache();
		for (i = 0; i <= 20; i++)
			assert_true(has(c, CACHE_READING, "w", i, "written by a child"));
		put(c, CACHE_READING, "after", 1, "after");
		assert_true(has(c, CACHE_READING, "after", 1, "after"));
		cache_close(c);
	}
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
		cmocka_unit_test_setup(damage_is_dropped, setup),
		cmocka_unit_test_setup(a_changed_value_is_damage, setup),
		cmocka_unit_test_setup(another_program_s_table_is_damage, setup),
		cmocka_unit_test_setup(damage_in_company_is_not_dropped, setup),
		cmocka_unit_test_setup(runs_at_once_share_it, setup),
		cmocka_unit_test_setup(a_kill_costs_nothing_that_was_put, setup),
		cmocka_unit_test_setup(a_folder_that_cannot_be_used_is_no_failure, setup),
		cmocka_unit_test_setup(a_full_disk_is_no_failure, setup),
		cmocka_unit_test_setup(it_is_bounded, setup),
	};

	return cmocka_run_group_tests(tests, setup_all, teardown_all);
}
