// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/run.h"
#include "tree/search_pack.h"

struct uses_job {
	const struct tree *tree;
	const struct strlist *files, *names;
	const struct words *words;
	struct text_uses *parts;
};

static int uses_file(size_t i, void *ctx)
{
	struct uses_job *job = ctx;
	char *path = path_join(job->tree->root, job->files->items[i]);
	struct strbuf b = { 0 };
	int ret = file_read(path, SEARCH_MAX_TOKENISED, &b);

	if (!ret && b.len && words_any(job->words, b.s, b.len))
		text_uses(job->files->items[i], b.s, b.len, job->names, &job->parts[i]);
	strbuf_free(&b);
	free(path);
	return run_interrupted() ? -EINTR : ret;
}

static int find_uses(const struct tree *t, const struct search *s, unsigned jobs, const struct strlist *names,
		     struct text_uses *uses)
{
	struct words *words = words_new(names);
	struct uses_job job = { .tree = t, .files = &s->vma_files, .names = names, .words = words };
	struct text_use *u;
	size_t i;
	int ret;

	job.parts = xcalloc(job.files->nr, sizeof(*job.parts));
	ret = run_parallel(job.files->nr, jobs, uses_file, &job);
	for (i = 0; i < job.files->nr; i++) {
		vec_each(u, &job.parts[i])
			*vec_push(uses) = *u;
		vec_free(&job.parts[i]);
	}
	free(job.parts);
	words_free(words);
	return ret;
}

/* All files are one entry: names are those of handlers, which seldom change. */
int search_uses(const struct tree *t, const struct search *s, struct cache *cache, unsigned jobs,
		const struct strlist *names, struct text_uses *uses)
{
	struct strbuf b = { 0 };
	struct cache_key key;
	struct pack k;
	bool old;
	int ret = 0;

	if (!cache)
		return find_uses(t, s, jobs, names, uses);
	old = search_names_key(t, s, cache, jobs, "uses", names, &key);
	if (old && cache_get(cache, CACHE_SEARCH, key, &b)) {
		pack_read(&k, b.s, b.len);
		pack_uses(&k, uses);
		if (pack_done(&k))
			goto done;
		text_uses_free(uses);
		cache_reject(cache, CACHE_SEARCH, key);
	}
	ret = find_uses(t, s, jobs, names, uses);
	if (!ret && old) {
		strbuf_reset(&b);
		pack_write(&k, &b);
		pack_uses(&k, uses);
		cache_put(cache, CACHE_SEARCH, key, b.s, b.len);
	}
done:
	strbuf_free(&b);
	return ret;
}
