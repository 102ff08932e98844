// SPDX-License-Identifier: GPL-2.0-only
/* The database's life: opened, given up, dropped when it is damaged. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "cache/internal.h"

#define BUSY_MS 5000

static const uint64_t default_bytes = 512u << 20;

/* What a hostile database could bring along is not run; see SQLite's "Defense Against The Dark Arts". */
static const int switched_off[] = {
	SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_TRUSTED_SCHEMA,
};

static const char *const setup[] = {
	"PRAGMA cell_size_check = ON",
	"PRAGMA auto_vacuum = INCREMENTAL",
	"PRAGMA journal_mode = WAL",
	"PRAGMA synchronous = NORMAL",
	"PRAGMA cache_size = -8192",
	"CREATE TABLE IF NOT EXISTS " CACHE_TABLE " (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, "
		"key BLOB NOT NULL, used INTEGER NOT NULL, sum INTEGER NOT NULL, value BLOB NOT NULL, "
		"UNIQUE (kind, key))",
};

static const char *const statements[STMT_NR] = {
	[STMT_GET] = "SELECT id, used, sum, value FROM " CACHE_TABLE " WHERE kind = ?1 AND key = ?2",
	[STMT_PUT] = "INSERT OR REPLACE INTO " CACHE_TABLE " (kind, key, used, sum, value) "
		     "VALUES (?1, ?2, ?3, ?4, ?5)",
	[STMT_USE] = "UPDATE " CACHE_TABLE " SET used = ?2 WHERE id = ?1",
	[STMT_DELETE] = "DELETE FROM " CACHE_TABLE " WHERE kind = ?1 AND key = ?2",
};

int cache_connect(struct cache *c)
{
	int ret, off;
	size_t i;

	ret = sqlite3_open_v2(c->path, &c->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
			      SQLITE_OPEN_NOFOLLOW, NULL);
	if (ret)
		return ret;
	sqlite3_busy_timeout(c->db, BUSY_MS);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	for (i = 0; i < sizeof(switched_off) / sizeof(*switched_off); i++)
		sqlite3_db_config(c->db, switched_off[i], 0, &off);
	for (i = 0; !ret && i < sizeof(setup) / sizeof(*setup); i++)
		ret = sqlite3_exec(c->db, setup[i], NULL, NULL, NULL);
	for (i = 0; !ret && i < STMT_NR; i++)
		ret = sqlite3_prepare_v3(c->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &c->stmt[i], NULL);
	return ret;
}

void cache_disconnect(struct cache *c)
{
	size_t i;

	for (i = 0; i < STMT_NR; i++) {
		sqlite3_finalize(c->stmt[i]);
		c->stmt[i] = NULL;
	}
	sqlite3_close(c->db);
	c->db = NULL;
}

static void remove_files(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
	char *name;
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		name = xasprintf("%s%s", path, suffixes[i]);
		unlink(name);
		free(name);
	}
}

static bool is_damage(int result)
{
	return (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB ||
	       (result & 0xff) == SQLITE_FORMAT || (result & 0xff) == SQLITE_ERROR ||
	       (result & 0xff) == SQLITE_MISMATCH;
}

/*
 * Files that another run has open must not be replaced under it: SQLite would mix the old ones with
 * the new.  Whoever uses the database holds the lock shared.
 */
void cache_damaged(struct cache *c, const char *why)
{
	bool alone;

	cache_disconnect(c);
	alone = !c->dropped && !flock(c->lock, LOCK_EX | LOCK_NB);
	log_warn("%s is damaged (%s): %s", c->path, why,
		 alone ? "it is dropped and made anew, which costs this run time and nothing else"
		       : "this run goes on without it; delete it if this is said again");
	if (!alone)
		return;
	c->dropped = true;
	remove_files(c->path);
	if (flock(c->lock, LOCK_SH) || cache_connect(c))
		cache_disconnect(c);
}

void cache_failed(struct cache *c, int result, const char *what)
{
	if (is_damage(result)) {
		cache_damaged(c, sqlite3_errstr(result));
		return;
	}
	/* Other failures are the disk's or the folder's: what was read so far serves. */
	log_note("%s: %s: %s; going on without it, which only costs time", c->path, what, sqlite3_errstr(result));
	if (!strcmp(what, "opening"))
		cache_disconnect(c);
	c->full = true;
}

static int lock_shared(struct cache *c)
{
	char *path = xasprintf("%s.lock", c->path);
	int ret = 0;

	c->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (c->lock < 0 || flock(c->lock, LOCK_SH) < 0)
		ret = -errno;
	free(path);
	return ret;
}

struct cache *cache_open(const struct cache_options *opt)
{
	struct cache *c = xcalloc(1, sizeof(*c));
	char *dir = opt->dir ? xstrdup(opt->dir) : cache_dir();
	int ret = dir ? 0 : -errno;

	c->lock = -1;
	c->max_bytes = opt->max_bytes ? opt->max_bytes : default_bytes;
	c->now = (int64_t)time(NULL) / 3600;
	c->path = path_join(dir ? dir : "", "cache.sqlite");
	c->build = opt->build ? xstrdup(opt->build) : cache_build_id();
	if (!ret && !c->build)
		ret = -EIO;
	if (!ret)
		ret = lock_shared(c);
	if (ret) {
		log_note("no cache in %s: %s; this costs time and nothing else", dir ? dir : "$XDG_CACHE_HOME",
			 strerror(-ret));
		cache_close(c);
		c = NULL;
	} else {
		ret = cache_connect(c);
		if (ret)
			cache_failed(c, ret, "opening");
	}
	free(dir);
	return c;
}

void cache_close(struct cache *c)
{
	if (!c)
		return;
	if (c->db)
		cache_prune(c);
	cache_disconnect(c);
	if (c->lock >= 0)
		close(c->lock);
	vec_free(&c->used);
	free(c->build);
	free(c->path);
	free(c);
}
