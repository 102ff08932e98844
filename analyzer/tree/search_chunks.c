// SPDX-License-Identifier: GPL-2.0-only
/* Lists of files, cut into tasks. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/run.h"
#include "base/stamp.h"
#include "tree/search_internal.h"

enum { MAX_CHUNK = 256 };

/* "drivers/gpu": the length of what a path has before its second slash. */
static size_t folder_length(const char *path)
{
	size_t first = strcspn(path, "/");

	return path[first] ? first + 1 + strcspn(path + first + 1, "/") : first;
}

/* Cut at folders: a file that comes or goes changes no chunk of another folder. */
static void cut(struct chunks *chunks)
{
	const struct strlist *files = chunks->files;
	struct chunk *c = NULL;
	size_t i, len = 0;

	for (i = 0; i < files->nr; i++) {
		if (!c || c->nr == MAX_CHUNK || folder_length(files->items[i]) != len ||
		    strncmp(files->items[i], files->items[i - 1], len)) {
			c = vec_push(&chunks->list);
			c->first = i;
			len = folder_length(files->items[i]);
		}
		c->nr++;
	}
}

struct stamping {
	const struct tree *tree;
	const struct cache *cache;
	struct chunks *chunks;
	uint64_t now;
};

static int stamp_chunk(size_t i, void *ctx)
{
	const struct stamping *job = ctx;
	struct chunk *c = &job->chunks->list.items[i];
	struct cache_hash hash;
	struct stamp s;
	const char *file;
	char *path;
	size_t k;

	cache_hash_begin(&hash, job->cache);
	c->old = true;
	for (k = c->first; k < c->first + c->nr; k++) {
		file = job->chunks->files->items[k];
		path = path_join(job->tree->root, file);
		c->old &= stamp_of(path, &s) && stamp_is_old(&s, job->now);
		cache_hash_str(&hash, file);
		cache_hash_add(&hash, &s, sizeof(s));
		free(path);
	}
	c->stamps = cache_hash_end(&hash);
	return 0;
}

void chunks_new(const struct tree *t, const struct strlist *files, const struct cache *cache, unsigned jobs,
		struct chunks *chunks)
{
	struct stamping job = { .tree = t, .cache = cache, .chunks = chunks, .now = stamp_now() };

	chunks->files = files;
	cut(chunks);
	if (cache)
		run_parallel(chunks->list.nr, jobs, stamp_chunk, &job);
}

void chunks_free(struct chunks *chunks)
{
	vec_free(&chunks->list);
}
