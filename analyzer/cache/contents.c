// SPDX-License-Identifier: GPL-2.0-only
#include "cache/contents.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/pack.h"

enum { MAX_FILE = 64 << 20, MIN_SLOTS = 1 << 12 };

struct entry {
	char *path;
	struct content content;
	unsigned seen;			/* in which round it was looked at; 0: in another run */
	bool there;
};

struct contents {
	struct cache *cache;
	const char *name;
	VEC(struct entry) entries;
	uint32_t *slots;		/* 1 + index in entries, by the path's hash; 0: free */
	size_t nr_slots;		/* a power of two */
	unsigned round;
	bool changed;
};

static uint64_t path_hash(const char *path)
{
	return XXH3_64bits(path, strlen(path));
}

/* Where a path is, or the free slot that it goes to. */
static uint32_t *slot_of(const struct contents *t, const char *path)
{
	size_t i = path_hash(path) & (t->nr_slots - 1);

	while (t->slots[i] && strcmp(t->entries.items[t->slots[i] - 1].path, path))
		i = (i + 1) & (t->nr_slots - 1);
	return &t->slots[i];
}

static void grow(struct contents *t)
{
	size_t i;

	if (t->slots && t->entries.nr * 2 < t->nr_slots)
		return;
	t->nr_slots = t->nr_slots ? t->nr_slots * 2 : MIN_SLOTS;
	while (t->entries.nr * 2 >= t->nr_slots)
		t->nr_slots *= 2;
	free(t->slots);
	t->slots = xcalloc(t->nr_slots, sizeof(*t->slots));
	for (i = 0; i < t->entries.nr; i++)
		*slot_of(t, t->entries.items[i].path) = (uint32_t)i + 1;
}

static void pack_entry(struct pack *k, struct entry *e)
{
	struct content *c = &e->content;

	pack_str(k, &e->path);
	pack_u64(k, &c->stamp.device);
	pack_u64(k, &c->stamp.inode);
	pack_u64(k, &c->stamp.size);
	pack_u64(k, &c->stamp.modified);
	pack_u64(k, &c->stamp.changed);
	pack_u64(k, &c->hash);
	k->bad |= !e->path;
}

static struct cache_key table_key(const struct contents *t)
{
	struct cache_hash h;

	cache_hash_begin(&h, t->cache);
	cache_hash_str(&h, "contents");
	cache_hash_str(&h, t->name);
	return cache_hash_end(&h);
}

static void drop_entries(struct contents *t)
{
	struct entry *e;

	vec_each(e, &t->entries)
		free(e->path);
	vec_free(&t->entries);
}

static void load(struct contents *t)
{
	struct strbuf b = { 0 };
	struct pack k;

	if (cache_get(t->cache, CACHE_FILES, table_key(t), &b)) {
		pack_read(&k, b.s, b.len);
		pack_vec(&k, &t->entries, pack_entry);
		if (!pack_done(&k)) {
			drop_entries(t);
			cache_reject(t->cache, CACHE_FILES, table_key(t));
		}
	}
	strbuf_free(&b);
	grow(t);
}

struct contents *contents_open(struct cache *c, const char *name)
{
	struct contents *t = xcalloc(1, sizeof(*t));

	t->cache = c;
	t->name = name;
	t->round = 1;
	load(t);
	return t;
}

void contents_again(struct contents *t)
{
	t->round++;
}

static void look(struct contents *t, struct entry *e)
{
	const uint64_t now = stamp_now();
	struct strbuf b = { 0 };
	struct stamp s;

	e->there = stamp_of(e->path, &s);
	if (e->there && (memcmp(&s, &e->content.stamp, sizeof(s)) || !stamp_is_old(&s, now))) {
		e->there = !file_read(e->path, MAX_FILE, &b);
		e->content = (struct content){ .stamp = s, .hash = XXH3_64bits(b.len ? b.s : "", b.len) };
		t->changed = true;
	}
	e->seen = t->round;
	strbuf_free(&b);
}

const struct content *contents_of(struct contents *t, const char *path)
{
	uint32_t *slot = slot_of(t, path);
	struct entry *e;

	if (!*slot) {
		e = vec_push(&t->entries);
		e->path = xstrdup(path);
		*slot = (uint32_t)t->entries.nr;
		grow(t);
		slot = slot_of(t, path);
	}
	e = &t->entries.items[*slot - 1];
	if (e->seen != t->round)
		look(t, e);
	return e->there ? &e->content : NULL;
}

/* But for what can still change unseen.  Entries of other runs stay: they may read other files. */
static void save(struct contents *t)
{
	const uint64_t now = stamp_now();
	struct strbuf b = { 0 };
	size_t i, nr = 0;
	struct pack k;

	for (i = 0; i < t->entries.nr; i++) {
		struct entry e = t->entries.items[i];

		if (e.seen && (!e.there || !stamp_is_old(&e.content.stamp, now)))
			continue;
		t->entries.items[i] = t->entries.items[nr];
		t->entries.items[nr++] = e;
	}
	pack_write(&k, &b);
	pack_count(&k, nr);
	for (i = 0; i < nr; i++)
		pack_entry(&k, &t->entries.items[i]);
	cache_put(t->cache, CACHE_FILES, table_key(t), b.s, b.len);
	strbuf_free(&b);
}

void contents_close(struct contents *t)
{
	if (!t)
		return;
	if (t->changed)
		save(t);
	drop_entries(t);
	free(t->slots);
	free(t);
}
