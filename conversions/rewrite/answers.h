/* SPDX-License-Identifier: GPL-2.0-only */
/* What spatch made of a text, kept in the cache: it takes a second a handler to say so, mostly to read the rules. */
#ifndef MMAPCONV_CONVERSIONS_ANSWERS_H
#define MMAPCONV_CONVERSIONS_ANSWERS_H

#include "cache/cache.h"
#include "rewrite/rules.h"

/* Used by all threads of a run. */
struct answers;

/* NULL when nothing can be kept: no cache, or it is not sure which spatch, rules and macros there are. */
struct answers *answers_open(struct cache *c, const struct rules *r);
void answers_close(struct answers *a);

struct answer {
	enum spatch_status status;
	struct strbuf text;		/* SPATCH_CHANGED: the new text; SPATCH_REFUSED, SPATCH_FAILED: why */
};

/* What spatch said earlier to this text and the same question; text is what stands in run->in.  False: it has to be asked. */
bool answers_find(struct answers *a, const struct rule_run *run, const char *text, size_t len, struct answer *answer);
/* Keep a new text or a refusal.  That it failed, or did nothing, can be for a reason that the text has no part in. */
void answers_add(struct answers *a, const struct rule_run *run, const char *text, size_t len,
		 const struct answer *answer);

#endif
