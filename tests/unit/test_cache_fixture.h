/* SPDX-License-Identifier: GPL-2.0-only */
/* For tests of the cache: a folder for every test, and entries that are short to write. */
#ifndef MMAPCONV_TEST_CACHE_FIXTURE_H
#define MMAPCONV_TEST_CACHE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "cache/cache.h"

static char top[] = "/tmp/mmapconv-test-XXXXXX";
static char dir[64];

static inline int setup_all(void **s)
{
	(void)s;
	log_set_quiet(true);
	return mkdtemp(top) ? 0 : -1;
}

static inline int teardown_all(void **s)
{
	(void)s;
	return file_remove_tree(top);
}

/* A folder of its own for every test. */
static inline int setup(void **s)
{
	static unsigned nr;

	(void)s;
	snprintf(dir, sizeof(dir), "%s/%u", top, nr++);
	return mkdir(dir, 0777);
}

static inline struct cache *open_as(const char *build, uint64_t max_bytes)
{
	struct cache_options opt = { .dir = dir, .build = build, .max_bytes = max_bytes };

	return cache_open(&opt);
}

static inline struct cache *open_cache(void)
{
	return open_as("build 1", 0);
}

static inline char *at(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static inline struct cache_key key_of(const struct cache *c, const char *what, unsigned n)
{
	struct cache_hash h;

	cache_hash_begin(&h, c);
	cache_hash_str(&h, what);
	cache_hash_int(&h, n);
	return cache_hash_end(&h);
}

static inline bool has(struct cache *c, enum cache_kind kind, const char *what, unsigned n, const char *expected)
{
	struct strbuf b = { 0 };
	bool found = cache_get(c, kind, key_of(c, what, n), &b);

	if (found)
		assert_string_equal(b.s, expected);
	strbuf_free(&b);
	return found;
}

static inline void put(struct cache *c, enum cache_kind kind, const char *what, unsigned n, const char *value)
{
	cache_put(c, kind, key_of(c, what, n), value, strlen(value));
}

#endif
