// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/answers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/run.h"
#include "base/stamp.h"

enum { MAX_RULES = 16 << 20 };		/* bytes */

struct answers {
	pthread_mutex_t lock;		/* of the cache */
	struct cache *cache;
	struct strbuf rules, macros;	/* their texts */
	char *spatch;			/* where it is, and what it reads for itself */
	struct stamp stamps[3];
};

static bool is_known(const char *path, struct stamp *s)
{
	return stamp_of(path, s) && stamp_is_old(s, stamp_now());
}

/* The program, and its own isomorphisms and macros, which come with it. */
static bool find_spatch(struct answers *a)
{
	const char *home = getenv("COCCINELLE_HOME");
	char *iso = path_join(home ? home : "/usr/lib/coccinelle", "standard.iso");
	char *macros = path_join(home ? home : "/usr/lib/coccinelle", "standard.h");
	bool known;

	a->spatch = run_find("spatch");
	known = a->spatch && is_known(a->spatch, &a->stamps[0]) && is_known(iso, &a->stamps[1]) &&
		is_known(macros, &a->stamps[2]);
	free(iso);
	free(macros);
	return known;
}

struct answers *answers_open(struct cache *c, const struct rules *r)
{
	struct answers *a;

	if (!c)
		return NULL;
	a = xcalloc(1, sizeof(*a));
	pthread_mutex_init(&a->lock, NULL);
	a->cache = c;
	if (find_spatch(a) && !file_read(r->cocci, MAX_RULES, &a->rules) &&
	    !file_read(r->macros, MAX_RULES, &a->macros))
		return a;
	answers_close(a);
	return NULL;
}

void answers_close(struct answers *a)
{
	if (!a)
		return;
	pthread_mutex_destroy(&a->lock);
	strbuf_free(&a->rules);
	strbuf_free(&a->macros);
	free(a->spatch);
	free(a);
}

/* Everything that spatch is given, but for the paths of the scratch files. */
static struct cache_key key_of(const struct answers *a, const struct rule_run *run, const char *text, size_t len)
{
	struct cache_hash h;

	cache_hash_begin(&h, a->cache);
	cache_hash_str(&h, a->spatch);
	cache_hash_add(&h, a->stamps, sizeof(a->stamps));
	cache_hash_add(&h, a->rules.s, a->rules.len);
	cache_hash_add(&h, a->macros.s, a->macros.len);
	cache_hash_str(&h, run->function);
	cache_hash_str(&h, run->new_name);
	cache_hash_int(&h, run->is_helper);
	cache_hash_str(&h, run->companions);
	cache_hash_str(&h, run->peers);
	cache_hash_str(&h, run->open);
	/* A header is read in another way. */
	cache_hash_str(&h, strrchr(run->in, '/'));
	cache_hash_add(&h, text, len);
	return cache_hash_end(&h);
}

bool answers_find(struct answers *a, const struct rule_run *run, const char *text, size_t len, struct answer *answer)
{
	struct strbuf b = { 0 };
	struct cache_key key;
	bool found;

	if (!a)
		return false;
	key = key_of(a, run, text, len);
	pthread_mutex_lock(&a->lock);
	found = cache_get(a->cache, CACHE_ANSWER, key, &b);
	if (found && (!b.len || (b.s[0] != SPATCH_CHANGED && b.s[0] != SPATCH_REFUSED))) {
		cache_reject(a->cache, CACHE_ANSWER, key);
		found = false;
	}
	pthread_mutex_unlock(&a->lock);
	if (found) {
		answer->status = (enum spatch_status)b.s[0];
		strbuf_add(&answer->text, b.s + 1, b.len - 1);
	}
	strbuf_free(&b);
	return found;
}

void answers_add(struct answers *a, const struct rule_run *run, const char *text, size_t len,
		 const struct answer *answer)
{
	struct strbuf b = { 0 };
	char status = (char)answer->status;
	struct cache_key key;

	if (!a || (answer->status != SPATCH_CHANGED && answer->status != SPATCH_REFUSED))
		return;
	key = key_of(a, run, text, len);
	strbuf_add(&b, &status, 1);
	strbuf_add(&b, answer->text.s ? answer->text.s : "", answer->text.len);
	pthread_mutex_lock(&a->lock);
	cache_put(a->cache, CACHE_ANSWER, key, b.s, b.len);
	pthread_mutex_unlock(&a->lock);
	strbuf_free(&b);
}
