/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What earlier runs found out, kept in one SQLite database for all trees:
 * $XDG_CACHE_HOME/mmapconv/cache.sqlite.  An entry is found by a key that is made of everything its
 * value depends on; this program's own build is part of every key.
 *
 * The cache can cost time, never a run: without one (NULL is allowed everywhere) nothing is found.
 * It may be deleted at any time, used by several runs at once, and killed in the middle of a write;
 * a damaged one is dropped with a message.  It is bounded: what was not used for longest goes first.
 * Nothing in it is trusted: an entry whose checksum is wrong is damage, and readers of a value
 * validate it as they do with any other input.
 */
#ifndef MMAPCONV_CACHE_CACHE_H
#define MMAPCONV_CACHE_CACHE_H

#include <stdint.h>
#include "base/mem.h"

struct cache;

struct cache_options {
	const char *dir;		/* folder of the database; NULL: cache_dir() */
	const char *build;		/* part of every key; NULL: cache_build_id() */
	uint64_t max_bytes;		/* 0: 512 MiB */
};

/* NULL when there can be none; a note says why. */
struct cache *cache_open(const struct cache_options *opt);
void cache_close(struct cache *c);

/* What an entry is. */
enum cache_kind { CACHE_READING = 1, CACHE_FILES, CACHE_SEARCH, CACHE_COMMANDS, CACHE_ANSWER };

struct cache_key { uint64_t high, low; };

/* A key: begin, add what the value depends on in a fixed order, end. */
struct cache_hash { struct strbuf parts; };
void cache_hash_begin(struct cache_hash *h, const struct cache *c);
void cache_hash_add(struct cache_hash *h, const void *data, size_t len);
void cache_hash_str(struct cache_hash *h, const char *s);		/* NULL is not "" */
void cache_hash_int(struct cache_hash *h, uint64_t n);
void cache_hash_list(struct cache_hash *h, const struct strlist *l);
struct cache_key cache_hash_end(struct cache_hash *h);			/* frees what h holds */

/* Append an entry's value to value: true, or false when there is none. */
bool cache_get(struct cache *c, enum cache_kind kind, struct cache_key key, struct strbuf *value);
/* Remember a value.  It is there for others, and after a kill, when this returns. */
void cache_put(struct cache *c, enum cache_kind kind, struct cache_key key, const void *value, size_t len);

/* A reader found an entry's value to be none of its kind: it is forgotten. */
void cache_reject(struct cache *c, enum cache_kind kind, struct cache_key key);

/* This program and its libclang, as text: changes with every build.  Caller frees. */
char *cache_build_id(void);

#endif
