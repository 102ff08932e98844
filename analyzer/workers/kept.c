// SPDX-License-Identifier: GPL-2.0-only
#include "workers/kept.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/log.h"
#include "base/pack.h"
#include "cache/contents.h"
#include "workers/header_names.h"

enum { MAX_INPUTS = 4 };

/* What a precompiled header was made from: the same for many files. */
struct file_set {
	struct cache_key key;
	struct strlist files;
	struct cache_key digest;
	bool known, there, old;		/* known: what follows is of this round */
};

/* What a reading hangs on. */
struct inputs {
	struct strlist files;		/* absolute paths */
	struct cache_key set;		/* a precompiled header's; 0: none */
	bool all_names;			/* a header was missing */
};
VEC_DECLARE(inputs_vec, struct inputs);

struct kept {
	struct cache *cache;
	const struct tree *tree;
	struct contents *contents;
	struct header_names *names;
	VEC(struct file_set) sets;
	uint64_t started;		/* for file_set.old */
	unsigned asked, found;
};

struct kept *kept_open(struct cache *cache, const struct tree *t, const struct strlist *headers)
{
	struct kept *k;

	if (!cache)
		return NULL;
	k = xcalloc(1, sizeof(*k));
	k->cache = cache;
	k->tree = t;
	k->contents = contents_open(cache, t->root);
	k->names = header_names_new(headers);
	return k;
}

void kept_close(struct kept *k)
{
	struct file_set *s;

	if (!k)
		return;
	if (k->found)
		log_note("%u of %u readings of files were in the cache", k->found, k->asked);
	vec_each(s, &k->sets)
		strlist_free(&s->files);
	vec_free(&k->sets);
	header_names_free(k->names);
	contents_close(k->contents);
	free(k);
}

void kept_again(struct kept *k)
{
	struct file_set *s;

	contents_again(k->contents);
	vec_each(s, &k->sets)
		s->known = false;
}

/* Add what files contain to a hash: false when one cannot be read; old: none changed since k->started. */
static bool add_files(struct kept *k, const struct strlist *files, struct cache_hash *h, bool *old)
{
	const struct content *c;
	uint64_t parts[3];
	size_t i;

	for (i = 0; i < files->nr; i++) {
		c = contents_of(k->contents, files->items[i]);
		if (!c)
			return false;
		*old &= stamp_is_old(&c->stamp, k->started);
		parts[0] = XXH3_64bits(files->items[i], strlen(files->items[i]));
		parts[1] = c->hash;
		parts[2] = header_names_like(k->names, files->items[i]);
		cache_hash_add(h, parts, sizeof(parts));
	}
	return true;
}

static struct cache_key set_key(const struct kept *k, const struct strlist *files)
{
	struct cache_hash h;

	cache_hash_begin(&h, k->cache);
	cache_hash_str(&h, "set");
	cache_hash_list(&h, files);
	return cache_hash_end(&h);
}

static bool same_key(struct cache_key a, struct cache_key b)
{
	return a.high == b.high && a.low == b.low;
}

static struct file_set *set_find(struct kept *k, struct cache_key key)
{
	struct file_set *s;

	vec_each(s, &k->sets)
		if (same_key(s->key, key))
			return s;
	return NULL;
}

static struct file_set *set_load(struct kept *k, struct cache_key key)
{
	struct file_set *s = set_find(k, key);
	struct strbuf b = { 0 };
	struct pack pack;

	if (s)
		return s;
	s = vec_push(&k->sets);
	s->key = key;
	if (cache_get(k->cache, CACHE_FILES, key, &b)) {
		pack_read(&pack, b.s, b.len);
		pack_strlist(&pack, &s->files);
		if (!pack_done(&pack)) {
			strlist_free(&s->files);
			cache_reject(k->cache, CACHE_FILES, key);
		}
	}
	strbuf_free(&b);
	return s;
}

static struct cache_key set_add(struct kept *k, const struct strlist *files)
{
	struct cache_key key = set_key(k, files);
	struct file_set *s = set_find(k, key);
	struct strbuf b = { 0 };
	struct pack pack;
	size_t i;

	/* It may be there without its list: the cache had lost it. */
	if (s && s->files.nr)
		return key;
	if (!s)
		s = vec_push(&k->sets);
	s->key = key;
	s->known = false;
	for (i = 0; i < files->nr; i++)
		strlist_add(&s->files, files->items[i]);
	pack_write(&pack, &b);
	pack_strlist(&pack, &s->files);
	cache_put(k->cache, CACHE_FILES, key, b.s, b.len);
	strbuf_free(&b);
	return key;
}

static void set_digest(struct kept *k, struct file_set *s)
{
	struct cache_hash h;

	if (s->known)
		return;
	s->known = true;
	s->old = true;
	cache_hash_begin(&h, k->cache);
	s->there = s->files.nr && add_files(k, &s->files, &h, &s->old);
	s->digest = cache_hash_end(&h);
}

/* Under which key a reading with these inputs is; false: they are not to be had. */
static bool reading_key(struct kept *k, struct cache_key request, const struct inputs *in, struct cache_key *key,
			bool *old)
{
	struct file_set *s = in->set.high || in->set.low ? set_load(k, in->set) : NULL;
	struct cache_hash h;
	bool there = true;

	*old = true;
	cache_hash_begin(&h, k->cache);
	cache_hash_add(&h, &request, sizeof(request));
	cache_hash_int(&h, in->all_names ? header_names_all(k->names) : 0);
	if (s) {
		set_digest(k, s);
		there = s->there;
		*old = s->old;
		cache_hash_add(&h, &s->digest, sizeof(s->digest));
	}
	there = there && add_files(k, &in->files, &h, old);
	*key = cache_hash_end(&h);
	return there;
}

static struct cache_key request_key(const struct kept *k, const struct read_request *q)
{
	struct cache_hash h;

	cache_hash_begin(&h, k->cache);
	cache_hash_str(&h, "reading");
	cache_hash_str(&h, k->tree->root);
	cache_hash_str(&h, q->file);
	cache_hash_str(&h, q->arch->name);
	cache_hash_str(&h, q->command->cwd);
	cache_hash_int(&h, q->command->source == FLAGS_FALLBACK);
	cache_hash_list(&h, &q->command->clang_args);
	cache_hash_list(&h, &q->functions);
	cache_hash_list(&h, &q->fields);
	cache_hash_list(&h, &q->callbacks);
	cache_hash_int(&h, q->no_pch);
	return cache_hash_end(&h);
}

static void pack_inputs(struct pack *pack, struct inputs *in)
{
	pack_strlist(pack, &in->files);
	pack_u64(pack, &in->set.high);
	pack_u64(pack, &in->set.low);
	pack_bool(pack, &in->all_names);
}

static void inputs_free(struct inputs_vec *all)
{
	struct inputs *in;

	vec_each(in, all)
		strlist_free(&in->files);
	vec_free(all);
}

/* What readings of this request hung on, the newest first. */
static void inputs_load(struct kept *k, struct cache_key request, struct inputs_vec *all)
{
	struct strbuf b = { 0 };
	struct pack pack;

	if (cache_get(k->cache, CACHE_FILES, request, &b)) {
		pack_read(&pack, b.s, b.len);
		pack_vec(&pack, all, pack_inputs);
		if (!pack_done(&pack)) {
			inputs_free(all);
			cache_reject(k->cache, CACHE_FILES, request);
		}
	}
	strbuf_free(&b);
}

static bool same_inputs(const struct inputs *a, const struct inputs *b)
{
	return same_key(a->set, b->set) && a->all_names == b->all_names && strlist_equal(&a->files, &b->files);
}

/* The older ones stay for a while: a branch that is left is come back to. */
static void inputs_add(struct kept *k, struct cache_key request, struct inputs *in)
{
	struct inputs_vec all = { 0 };
	struct inputs *other;
	struct strbuf b = { 0 };
	unsigned nr = 1;
	struct pack pack;

	inputs_load(k, request, &all);
	vec_each(other, &all)
		nr += nr < MAX_INPUTS && !same_inputs(in, other);
	pack_write(&pack, &b);
	pack_count(&pack, nr);
	pack_inputs(&pack, in);
	vec_each(other, &all)
		if (nr > 1 && !same_inputs(in, other)) {
			pack_inputs(&pack, other);
			nr--;
		}
	cache_put(k->cache, CACHE_FILES, request, b.s, b.len);
	inputs_free(&all);
	strbuf_free(&b);
}

static bool reading_load(struct kept *k, struct cache_key key, const struct read_request *q, struct reading *r)
{
	struct json_object *o = NULL;
	struct strbuf b = { 0 };
	bool found = cache_get(k->cache, CACHE_READING, key, &b);

	if (found) {
		o = json_tokener_parse(b.s);
		found = o && !reading_from_json(o, r);
		if (found && (strcmp(r->unit.file, q->file) || strcmp(r->unit.arch, q->arch->name))) {
			reading_free(r);
			found = false;
		}
		if (!found) {
			memset(r, 0, sizeof(*r));
			cache_reject(k->cache, CACHE_READING, key);
		}
		json_object_put(o);
	}
	strbuf_free(&b);
	return found;
}

bool kept_find(struct kept *k, const struct read_request *q, struct reading *r)
{
	struct cache_key request = request_key(k, q), key;
	struct inputs_vec all = { 0 };
	const struct inputs *in;
	bool found = false, old;

	inputs_load(k, request, &all);
	vec_each(in, &all) {
		found = reading_key(k, request, in, &key, &old) && reading_load(k, key, q, r);
		if (found)
			break;
	}
	inputs_free(&all);
	k->asked++;
	k->found += found;
	return found;
}

void kept_add(struct kept *k, const struct read_request *q, const struct reading *r, const struct strlist *files,
	      const struct strlist *pch, uint64_t started)
{
	struct cache_key request = request_key(k, q), key;
	struct inputs in = { .files = *files, .all_names = r->unit.status != UNIT_FULL };
	struct json_object *o;
	const char *text;
	bool old;

	/* What failed may have failed for another reason than its inputs. */
	if (r->unit.status == UNIT_FAILED || !files->nr)
		return;
	k->started = started;
	if (pch)
		in.set = set_add(k, pch);
	if (!reading_key(k, request, &in, &key, &old) || !old)
		return;
	o = reading_to_json(r);
	text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE);
	cache_put(k->cache, CACHE_READING, key, text, strlen(text));
	inputs_add(k, request, &in);
	json_object_put(o);
}
