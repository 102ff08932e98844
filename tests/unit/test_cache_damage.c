// SPDX-License-Identifier: GPL-2.0-only
/* The database: what damage, crowds and kills do to it. */
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_cache_fixture.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(damage_is_dropped, setup),
		cmocka_unit_test_setup(a_changed_value_is_damage, setup),
		cmocka_unit_test_setup(another_program_s_table_is_damage, setup),
		cmocka_unit_test_setup(damage_in_company_is_not_dropped, setup),
		cmocka_unit_test_setup(runs_at_once_share_it, setup),
		cmocka_unit_test_setup(a_kill_costs_nothing_that_was_put, setup),
	};

	return cmocka_run_group_tests(tests, setup_all, teardown_all);
}
