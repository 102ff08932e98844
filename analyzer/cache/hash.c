// SPDX-License-Identifier: GPL-2.0-only
/* Keys: every part is preceded by its length, so that no two lists of parts read the same. */
#include <string.h>
#include <xxhash.h>

#include "cache/internal.h"

void cache_hash_begin(struct cache_hash *h, const struct cache *c)
{
	memset(h, 0, sizeof(*h));
	cache_hash_str(h, c ? c->build : "");
}

void cache_hash_int(struct cache_hash *h, uint64_t n)
{
	strbuf_add(&h->parts, &n, sizeof(n));
}

void cache_hash_add(struct cache_hash *h, const void *data, size_t len)
{
	cache_hash_int(h, len);
	strbuf_add(&h->parts, data, len);
}

void cache_hash_str(struct cache_hash *h, const char *s)
{
	if (s)
		cache_hash_add(h, s, strlen(s));
	else
		cache_hash_int(h, UINT64_MAX);
}

void cache_hash_list(struct cache_hash *h, const struct strlist *l)
{
	size_t i;

	cache_hash_int(h, l->nr);
	for (i = 0; i < l->nr; i++)
		cache_hash_str(h, l->items[i]);
}

struct cache_key cache_hash_end(struct cache_hash *h)
{
	XXH128_hash_t hash = XXH3_128bits(h->parts.s, h->parts.len);

	strbuf_free(&h->parts);
	return (struct cache_key){ .high = hash.high64, .low = hash.low64 };
}
