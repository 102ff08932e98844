/* SPDX-License-Identifier: GPL-2.0-only */
/* Inside cache/: the open database. */
#ifndef MMAPCONV_CACHE_INTERNAL_H
#define MMAPCONV_CACHE_INTERNAL_H

#include <sqlite3.h>
#include "cache/cache.h"

/* Of the tables, not of the values: those hang on the build, which is in their keys. */
#define CACHE_TABLE "entry1"

enum statement { STMT_GET, STMT_PUT, STMT_USE, STMT_DELETE, STMT_NR };

struct cache {
	char *path;			/* of the database */
	char *build;
	uint64_t max_bytes;
	sqlite3 *db;			/* NULL: given up for this run */
	sqlite3_stmt *stmt[STMT_NR];
	int lock;			/* shared by those who use the database, exclusive to drop it */
	int64_t now;			/* hours */
	VEC(int64_t) used;		/* entries whose hour of use is out of date */
	bool full;			/* nothing more is written in this run */
	bool dropped;			/* it was damaged, once: no second time */
};

/* open.c: connect to the database, with the tables made.  An SQLite result. */
int cache_connect(struct cache *c);
void cache_disconnect(struct cache *c);
/* What it holds is wrong: told to the user, dropped, made anew if nobody else uses it. */
void cache_damaged(struct cache *c, const char *why);
/* An SQLite result that is not SQLITE_OK, at `what`: damage, or told to the user, and nothing more written. */
void cache_failed(struct cache *c, int result, const char *what);

/* prune.c: stay below max_bytes. */
void cache_prune(struct cache *c);

#endif
