// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which of the proof's differences (analyzer/prove/difference.c) the probe can see, and where; and what hand-finished
 * patches announce for it.  Of internal.h.
 */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "compare/internal.h"

enum when {
	ALWAYS,
	REFUSED,			/* a mapping of this request stood in the old kernel, and is refused by the new one */
	LESS,				/* a number that is nearer to nothing than it was */
};

/*
 * request: a pattern; NULL: what is left when the subject is closed.  key: a pattern.
 *
 * merge-after-hook: a mapping that the old kernel merged into its neighbour was never shown to the handler.  Now the
 * hook can refuse it; then everything that the request finds afterwards is another.  The hook is called, and so is
 * file_accessed() in it.
 * no-trace-after-failure, state-in-mapped: what a failed request left behind in the old kernel is not there any more.
 * latch-in-hook: the driver's own counters can tell it, the system's cannot.
 * prot-in-vma: nothing that the probe looks at shows it, so it excuses nothing.
 */
static const struct row { const char *kind, *request, *key; enum when when; } rows[] = {
	{ "merge-after-hook", "*adjacent*", "*", REFUSED },
	{ "merge-after-hook", "*itself over*", "*", REFUSED },
	{ "merge-after-hook", "*adjacent*", "called", ALWAYS },
	{ "merge-after-hook", "*itself over*", "called", ALWAYS },
	{ "merge-after-hook", "*", "*atime*", ALWAYS },
	{ "no-trace-after-failure", NULL, "*", LESS },
	{ "state-in-mapped", NULL, "*", LESS },
	{ "latch-in-hook", NULL, "*", ALWAYS },
};

/* No kind makes these right. */
static const char *const never[] = { "warning*", "died", "killed", "stuck", "child died", "state", "truncated", NULL };
static const char *const deaths[] = { "warning*", "died", "killed", "stuck", "child died", "truncated", NULL };
/* boot/probe/leaks.c: a reference that is lost or taken twice. */
static const char *const systems[] = { "files", "committed", "mlocked", "huge *", NULL };

static bool matches(const char *const *patterns, const char *key)
{
	for (; *patterns; patterns++)
		if (!fnmatch(*patterns, key, 0))
			return true;
	return false;
}

static bool is_less(const char *old_value, const char *new_value)
{
	char *end_old, *end_new;
	long long a, b;

	if (!old_value || !*old_value)
		return false;
	a = strtoll(old_value, &end_old, 10);
	b = new_value ? strtoll(new_value, &end_new, 10) : 0;
	if (*end_old || (new_value && (!*new_value || *end_new)))
		return false;
	return a >= 0 ? b >= 0 && b < a : b <= 0 && b > a;
}

static bool announced(const struct handler *h, const char *kind)
{
	const struct proof_difference *d;

	vec_each(d, &h->conversion.proof.differences)
		if (!strcmp(d->kind, kind))
			return true;
	return false;
}

const char *expected_kind(const struct handler *h, const struct place *at, const char *old_value,
			  const char *new_value, bool refused)
{
	const struct row *r;
	size_t i;

	if (!at->key || matches(never, at->key))
		return NULL;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		r = &rows[i];
		if (!at->request != !r->request || (r->request && fnmatch(r->request, at->request, 0)) ||
		    fnmatch(r->key, at->key, 0) || !announced(h, r->kind))
			continue;
		if (r->when == LESS ? !is_less(old_value, new_value) : r->when == REFUSED && !refused)
			continue;
		if (!strcmp(r->kind, "latch-in-hook") && matches(systems, at->key))
			continue;
		return r->kind;
	}
	return NULL;
}

static bool fits(const char *pattern, const char *text)
{
	return pattern && text ? !fnmatch(pattern, text, 0) : pattern == text;
}

/* A complaint of the kernel's, or a death, can be gone on purpose, and cannot be made so. */
static bool fits_all(const struct boot_announced *a, const struct place *at, const char *old_value, const char *new_value)
{
	return at->key && fits(a->subject, at->subject) && fits(a->request, at->request) && fits(a->key, at->key) &&
	       fits(a->old_value, old_value) && fits(a->new_value, new_value) &&
	       (!new_value || !matches(deaths, at->key));
}

const char *expected_patch(const struct boot_inputs *in, const struct place *at, const char *old_value,
			   const char *new_value)
{
	const struct boot_announced *a;
	const struct hand_patch *p;

	vec_each(p, &in->inv->hand) {
		if (!p->patch || (in->applied && !strlist_has_sorted(in->applied, p->patch)))
			continue;
		vec_each(a, &p->boot)
			if (fits_all(a, at, old_value, new_value))
				return p->name;
	}
	return NULL;
}
