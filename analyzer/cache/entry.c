// SPDX-License-Identifier: GPL-2.0-only
/* Entries: read, written, forgotten. */
#include <string.h>
#include <xxhash.h>

#include "cache/internal.h"

enum { MAX_VALUE = 256 << 20 };		/* bytes */

/* Of the value and of what it is filed under: one that got to another's place is wrong there. */
static int64_t checksum(enum cache_kind kind, const struct cache_key *key, const void *value, size_t len)
{
	uint64_t seed = XXH3_64bits(key, sizeof(*key)) ^ (uint64_t)kind;

	return (int64_t)XXH3_64bits_withSeed(value, len, seed);
}

static sqlite3_stmt *bind(struct cache *c, enum statement which, enum cache_kind kind, const struct cache_key *key)
{
	sqlite3_stmt *s = c->stmt[which];

	sqlite3_bind_int(s, 1, kind);
	sqlite3_bind_blob(s, 2, key, sizeof(*key), SQLITE_STATIC);
	return s;
}

static void release(sqlite3_stmt *s)
{
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
}

bool cache_get(struct cache *c, enum cache_kind kind, struct cache_key key, struct strbuf *value)
{
	const void *data;
	sqlite3_stmt *s;
	int64_t sum;
	size_t len;
	int ret;

	if (!c || !c->db)
		return false;
	s = bind(c, STMT_GET, kind, &key);
	ret = sqlite3_step(s);
	if (ret != SQLITE_ROW) {
		release(s);
		if (ret != SQLITE_DONE)
			cache_failed(c, ret, "reading");
		return false;
	}
	data = sqlite3_column_blob(s, 3);
	len = (size_t)sqlite3_column_bytes(s, 3);
	sum = sqlite3_column_int64(s, 2);
	if ((len && !data) || sum != checksum(kind, &key, data, len)) {
		release(s);
		cache_damaged(c, "a checksum is wrong");
		return false;
	}
	strbuf_add(value, data, len);
	if (sqlite3_column_int64(s, 1) != c->now)
		*vec_push(&c->used) = sqlite3_column_int64(s, 0);
	release(s);
	return true;
}

void cache_put(struct cache *c, enum cache_kind kind, struct cache_key key, const void *value, size_t len)
{
	sqlite3_stmt *s;
	int ret;

	if (!c || !c->db || c->full || len > MAX_VALUE || len > c->max_bytes / 2)
		return;
	s = bind(c, STMT_PUT, kind, &key);
	sqlite3_bind_int64(s, 3, c->now);
	sqlite3_bind_int64(s, 4, checksum(kind, &key, value, len));
	sqlite3_bind_blob64(s, 5, len ? value : "", len, SQLITE_STATIC);
	ret = sqlite3_step(s);
	release(s);
	if (ret != SQLITE_DONE)
		cache_failed(c, ret, "writing");
}

void cache_reject(struct cache *c, enum cache_kind kind, struct cache_key key)
{
	sqlite3_stmt *s;
	int ret;

	if (!c || !c->db || c->full)
		return;
	s = bind(c, STMT_DELETE, kind, &key);
	ret = sqlite3_step(s);
	release(s);
	if (ret != SQLITE_DONE)
		cache_failed(c, ret, "writing");
}
