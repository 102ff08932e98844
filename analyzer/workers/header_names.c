// SPDX-License-Identifier: GPL-2.0-only
#include "workers/header_names.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"

/* All headers with one last component. */
struct namesakes { uint64_t name, paths; };

struct header_names {
	VEC(struct namesakes) list;	/* sorted by name */
	uint64_t all;
};

static uint64_t hash_of(const char *s)
{
	return XXH3_64bits(s, strlen(s));
}

static uint64_t add(uint64_t paths, uint64_t path)
{
	return XXH3_64bits_withSeed(&path, sizeof(path), paths);
}

static int compare(const void *a, const void *b)
{
	const struct namesakes *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return x->paths < y->paths ? -1 : x->paths > y->paths;
}

struct header_names *header_names_new(const struct strlist *headers)
{
	struct header_names *h = xcalloc(1, sizeof(*h));
	struct namesakes *n, *last = NULL;
	size_t i;

	for (i = 0; i < headers->nr; i++) {
		n = vec_push(&h->list);
		n->name = hash_of(path_base(headers->items[i], strlen(headers->items[i])));
		n->paths = hash_of(headers->items[i]);
		h->all = add(h->all, n->paths);
	}
	if (h->list.nr)
		qsort(h->list.items, h->list.nr, sizeof(*h->list.items), compare);
	vec_each(n, &h->list) {
		if (last && last->name == n->name) {
			last->paths = add(last->paths, n->paths);
			continue;
		}
		last = last ? last + 1 : h->list.items;
		*last = *n;
	}
	h->list.nr = last ? (size_t)(last - h->list.items) + 1 : 0;
	return h;
}

void header_names_free(struct header_names *h)
{
	vec_free(&h->list);
	free(h);
}

uint64_t header_names_all(const struct header_names *h)
{
	return h->all;
}

static int compare_name(const void *key, const void *item)
{
	const uint64_t *name = key;
	const struct namesakes *n = item;

	return *name < n->name ? -1 : *name > n->name;
}

uint64_t header_names_like(const struct header_names *h, const char *path)
{
	uint64_t name = hash_of(path_base(path, strlen(path)));
	const struct namesakes *n = NULL;

	if (h->list.nr)
		n = bsearch(&name, h->list.items, h->list.nr, sizeof(*h->list.items), compare_name);
	return n ? n->paths : 0;
}
