// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is said of some names in all tokenised files.  All files are one entry of the cache: the names
 * are those of handlers and of what they call, which seldom change.
 */
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/run.h"
#include "tree/search_pack.h"

/* A pass fills in one of them. */
struct said { struct text_uses uses; struct text_arguments arguments; };

struct names_pass {
	const char *name;		/* in the cache's key */
	void (*read)(const char *file, const char *text, size_t len, const struct strlist *names,
		     struct said *out);
};

struct names_job {
	const struct names_pass *pass;
	const struct tree *tree;
	const struct strlist *files, *names;
	const struct words *words;
	struct said *parts;
};

static int names_in_file(size_t i, void *ctx)
{
	struct names_job *job = ctx;
	char *path = path_join(job->tree->root, job->files->items[i]);
	struct strbuf b = { 0 };
	int ret = file_read(path, SEARCH_MAX_TOKENISED, &b);

	if (!ret && b.len && words_any(job->words, b.s, b.len))
		job->pass->read(job->files->items[i], b.s, b.len, job->names, &job->parts[i]);
	strbuf_free(&b);
	free(path);
	/* One that large with handlers in it was reported when the tree was searched. */
	return run_interrupted() ? -EINTR : ret == -EFBIG ? 0 : ret;
}

static void said_move(struct said *to, struct said *part)
{
	struct text_argument *a;
	struct text_use *u;

	vec_each(u, &part->uses)
		*vec_push(&to->uses) = *u;
	vec_each(a, &part->arguments)
		*vec_push(&to->arguments) = *a;
	vec_free(&part->uses);
	vec_free(&part->arguments);
}

static int find(const struct names_pass *pass, const struct tree *t, const struct strlist *files, unsigned jobs,
		const struct strlist *names, struct said *out)
{
	struct words *words = words_new(names);
	struct names_job job = { .pass = pass, .tree = t, .files = files, .names = names, .words = words };
	size_t i;
	int ret;

	job.parts = xcalloc(job.files->nr, sizeof(*job.parts));
	ret = run_parallel(job.files->nr, jobs, names_in_file, &job);
	for (i = 0; i < job.files->nr; i++)
		said_move(out, &job.parts[i]);
	free(job.parts);
	words_free(words);
	return ret;
}

/* False: the files may still be changing. */
static bool names_key(const struct names_pass *pass, const struct tree *t, const struct strlist *files,
		      const struct cache *cache, unsigned jobs, const struct strlist *names, struct cache_key *key)
{
	struct chunks chunks = { 0 };
	struct cache_hash h;
	const struct chunk *c;
	bool old = true;

	chunks_new(t, files, cache, jobs, &chunks);
	cache_hash_begin(&h, cache);
	cache_hash_str(&h, pass->name);
	cache_hash_list(&h, names);
	vec_each(c, &chunks.list) {
		cache_hash_add(&h, &c->stamps, sizeof(c->stamps));
		old &= c->old;
	}
	*key = cache_hash_end(&h);
	chunks_free(&chunks);
	return old;
}

static void pack_said(struct pack *k, struct said *said)
{
	pack_uses(k, &said->uses);
	pack_arguments(k, &said->arguments);
}

static int search_names(const struct names_pass *pass, const struct tree *t, const struct strlist *files,
			struct cache *cache, unsigned jobs, const struct strlist *names, struct said *out)
{
	struct strbuf b = { 0 };
	struct cache_key key;
	struct pack k;
	bool old;
	int ret = 0;

	if (!cache)
		return find(pass, t, files, jobs, names, out);
	old = names_key(pass, t, files, cache, jobs, names, &key);
	if (old && cache_get(cache, CACHE_SEARCH, key, &b)) {
		pack_read(&k, b.s, b.len);
		pack_said(&k, out);
		if (pack_done(&k))
			goto done;
		text_uses_free(&out->uses);
		text_arguments_free(&out->arguments);
		cache_reject(cache, CACHE_SEARCH, key);
	}
	ret = find(pass, t, files, jobs, names, out);
	if (!ret && old) {
		strbuf_reset(&b);
		pack_write(&k, &b);
		pack_said(&k, out);
		cache_put(cache, CACHE_SEARCH, key, b.s, b.len);
	}
done:
	strbuf_free(&b);
	return ret;
}

static void read_uses(const char *file, const char *text, size_t len, const struct strlist *names, struct said *out)
{
	text_uses(file, text, len, names, &out->uses);
}

int search_uses(const struct tree *t, const struct search *s, struct cache *cache, unsigned jobs,
		const struct strlist *names, struct text_uses *uses)
{
	static const struct names_pass pass = { "uses", read_uses };
	struct said said = { 0 };
	int ret = search_names(&pass, t, &s->vma_files, cache, jobs, names, &said);

	*uses = said.uses;
	return ret;
}

static void read_arguments(const char *file, const char *text, size_t len, const struct strlist *names,
			   struct said *out)
{
	text_arguments(file, text, len, names, &out->arguments);
}

int search_arguments(const struct tree *t, const struct strlist *files, struct cache *cache, unsigned jobs,
		     const struct strlist *names, struct text_arguments *out)
{
	static const struct names_pass pass = { "arguments", read_arguments };
	struct said said = { 0 };
	int ret = search_names(&pass, t, files, cache, jobs, names, &said);

	*out = said.arguments;
	return ret;
}
