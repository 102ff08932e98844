// SPDX-License-Identifier: GPL-2.0-only
/* Which spatch there is.  It takes its time to say so: it is asked once for each program file. */
#include "scan/spatch_version.h"

#include <stdlib.h>
#include <string.h>

#include "base/run.h"
#include "base/stamp.h"
#include "cache/cache.h"

/* "spatch version 1.1.1 compiled …" */
static char *ask(const char *path)
{
	const char *const argv[] = { path, "--version", NULL };
	struct run_request req = { .argv = argv, .timeout_s = 30 };
	struct run_result res = { 0 };
	char *p, *version = NULL;

	if (!run(&req, &res) && res.out.s && (p = strstr(res.out.s, "version ")))
		version = xstrndup(p + 8, strcspn(p + 8, " \n"));
	run_result_free(&res);
	return version;
}

char *spatch_version(struct cache *cache)
{
	char *path = run_find("spatch"), *version = NULL;
	struct strbuf b = { 0 };
	struct cache_hash h;
	struct cache_key key;
	struct stamp s;
	bool old;

	if (!path)
		return NULL;
	old = stamp_of(path, &s) && stamp_is_old(&s, stamp_now());
	cache_hash_begin(&h, cache);
	cache_hash_str(&h, "spatch");
	cache_hash_str(&h, path);
	cache_hash_add(&h, &s, sizeof(s));
	key = cache_hash_end(&h);
	if (old && cache_get(cache, CACHE_COMMANDS, key, &b))
		version = strbuf_detach(&b);
	if (!version) {
		version = ask(path);
		if (version && old)
			cache_put(cache, CACHE_COMMANDS, key, version, strlen(version));
	}
	strbuf_free(&b);
	free(path);
	return version;
}
