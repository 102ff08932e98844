// SPDX-License-Identifier: GPL-2.0-only
/* What a patch changes, as a number; of internal.h and compare.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/log.h"
#include "compare/internal.h"

#define MAX_PATCH ((size_t)16 << 20)
enum { SIGNATURE = 80 };		/* bytes of what git or we put below the last hunk */

/* The diff alone: a better message, or another version of git below it, changes nothing that was booted. */
static bool add_diff(XXH3_state_t *state, const char *out, const char *patch)
{
	struct strbuf b = { 0 };
	const char *from, *to, *p;
	bool found = false;
	char *path;

	if (!path_is_inside(patch))
		return false;
	path = path_join(out, patch);
	if (!file_read(path, MAX_PATCH, &b) && b.len && !memchr(b.s, '\0', b.len)) {
		from = str_starts(b.s, "diff --git ") ? b.s : strstr(b.s, "\ndiff --git ");
		for (to = b.s + b.len, p = from; p && (p = strstr(p, "\n-- \n")); p++)
			if (b.s + b.len - p < SIGNATURE && to == b.s + b.len)
				to = p;
		found = from;
		if (found)
			XXH3_64bits_update(state, from, (size_t)(to - from));
	}
	strbuf_free(&b);
	free(path);
	return found;
}

char *patch_hash(const struct conversion *c, const char *out)
{
	XXH3_state_t *state = c->patch && out ? XXH3_createState() : NULL;
	char *hash = NULL;
	bool whole;
	size_t i;

	if (!state)
		return NULL;
	XXH3_64bits_reset(state);
	whole = add_diff(state, out, c->patch);
	for (i = 0; i < c->prerequisites.nr; i++)
		whole &= add_diff(state, out, c->prerequisites.items[i]);
	if (whole)
		hash = xasprintf("%016llx", (unsigned long long)XXH3_64bits_digest(state));
	XXH3_freeState(state);
	return hash;
}

char *boot_patch_hash(const struct handler *h, const char *out)
{
	char *hash = patch_hash(&h->conversion, out);

	return hash ? hash : xstrdup("");
}

unsigned boot_drop_stale(struct inventory *inv, const char *out)
{
	struct handler *h;
	unsigned nr = 0;
	char *now;

	vec_each(h, &inv->handlers) {
		if (!h->boot.verdict)
			continue;
		now = patch_hash(&h->conversion, out);
		if (now ? !h->boot.patch || strcmp(now, h->boot.patch) : h->boot.patch || h->conversion.patch) {
			boot_record_free(&h->boot);
			nr++;
		}
		free(now);
	}
	if (nr)
		log_warn("%u handler%s: the patch is another one than was booted, so what the boot said is dropped; run "
			 "`mmapconv boot` again", nr, nr == 1 ? "" : "s");
	return nr;
}
