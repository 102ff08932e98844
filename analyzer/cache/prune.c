// SPDX-License-Identifier: GPL-2.0-only
/* The database's size: what was not used for longest goes first. */
#include "cache/internal.h"

static int64_t number(struct cache *c, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t n = 0;

	if (!sqlite3_prepare_v2(c->db, sql, -1, &s, NULL) && sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

/* Bytes in use: pages that are free again are given back below. */
static uint64_t size(struct cache *c)
{
	int64_t pages = number(c, "PRAGMA page_count") - number(c, "PRAGMA freelist_count");

	return (uint64_t)(pages > 0 ? pages : 0) * (uint64_t)number(c, "PRAGMA page_size");
}

/* Run a statement with two numbers for each id, all in one transaction. */
static void for_ids(struct cache *c, sqlite3_stmt *s, const int64_t *ids, size_t nr)
{
	size_t i;

	/* Busy: what another run notes and removes is as good. */
	if (sqlite3_exec(c->db, "BEGIN IMMEDIATE", NULL, NULL, NULL))
		return;
	for (i = 0; i < nr; i++) {
		sqlite3_bind_int64(s, 1, ids[i]);
		sqlite3_bind_int64(s, 2, c->now);
		sqlite3_step(s);
		sqlite3_reset(s);
	}
	sqlite3_exec(c->db, "COMMIT", NULL, NULL, NULL);
}

static void remove_oldest(struct cache *c, uint64_t bytes)
{
	static const char list[] = "SELECT id, length(value) FROM " CACHE_TABLE " ORDER BY used, id";
	sqlite3_stmt *s = NULL;
	VEC(int64_t) ids = { 0 };
	uint64_t found = 0;

	if (sqlite3_prepare_v2(c->db, list, -1, &s, NULL))
		return;
	while (found < bytes && sqlite3_step(s) == SQLITE_ROW) {
		*vec_push(&ids) = sqlite3_column_int64(s, 0);
		found += (uint64_t)sqlite3_column_int64(s, 1);
	}
	sqlite3_finalize(s);
	s = NULL;
	if (!sqlite3_prepare_v2(c->db, "DELETE FROM " CACHE_TABLE " WHERE id = ?1 AND ?2", -1, &s, NULL))
		for_ids(c, s, ids.items, ids.nr);
	sqlite3_finalize(s);
	vec_free(&ids);
}

void cache_prune(struct cache *c)
{
	uint64_t now;

	if (c->full)
		return;
	/* At most one write an hour for an entry: a run that finds everything seldom writes. */
	if (c->used.nr)
		for_ids(c, c->stmt[STMT_USE], c->used.items, c->used.nr);
	now = size(c);
	if (now <= c->max_bytes)
		return;
	/* Down to three quarters: not again in the next run. */
	remove_oldest(c, now - c->max_bytes / 4 * 3);
	sqlite3_exec(c->db, "PRAGMA incremental_vacuum", NULL, NULL, NULL);
	sqlite3_exec(c->db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL);
}
