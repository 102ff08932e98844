// SPDX-License-Identifier: GPL-2.0-only
/*
 * What differed, tried again in a second pair of boots; of internal.h.  A value that only the new kernel has (a warning, a
 * signal) is never taken for an accident: same() wants one on either side.
 */
#include <string.h>

#include "compare/entered.h"
#include "compare/internal.h"

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static bool same_called(const struct retry *r, const struct log_request *old, const struct log_request *new)
{
	struct entered a, b;
	const size_t *p;
	bool same;

	if (!old->traced || !new->traced)
		return false;
	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	entered_add(&a, r->names, &old->called, false, r->out);
	entered_add(&b, r->names, &new->called, true, r->out);
	same = strlist_equal(&a.tokens, &b.tokens);
	vec_each(p, &b.sure)
		r->out->handlers.items[*p].reached_new = true;
	entered_free(&a);
	entered_free(&b);
	return same;
}

static bool agrees_on_subject(const struct retry *r, const struct place *at, const char *old_value)
{
	const struct log_subject *old = boot_log_subject(r->old, at->subject), *new = boot_log_subject(r->new, at->subject);

	if (!old || !new || !at->key)
		return false;
	if (!strcmp(at->key, "state"))
		return same(old->states, new->states) && same(old->states, old_value);
	return same(log_value(&old->left, at->key), log_value(&new->left, at->key)) &&
	       same(log_value(&old->left, at->key), old_value);
}

bool retry_agrees(const struct retry *r, const struct place *at, const char *old_value)
{
	const struct log_request *old, *new;

	if (!r->old)
		return false;
	if (!at->request)
		return agrees_on_subject(r, at, old_value);
	old = boot_log_find(r->old, at->subject, at->request);
	new = boot_log_find(r->new, at->subject, at->request);
	if (!old || !new)
		return false;
	if (!at->key)
		return old_value;	/* it was not tried in the new kernel, and now it was */
	if (!strcmp(at->key, "called"))
		return same_called(r, old, new);
	return same(log_value(&old->values, at->key), log_value(&new->values, at->key)) &&
	       same(log_value(&old->values, at->key), old_value);
}

void boot_to_retry(const struct boot_result *r, struct strlist *subjects)
{
	const struct boot_difference *d;
	const struct boot_handler *h;

	if (r->logs[NEW].cut)
		return;
	vec_each(h, &r->handlers)
		vec_each(d, &h->record.differences)
			strlist_add_once(subjects, d->subject);
	vec_each(d, &r->others)
		strlist_add_once(subjects, d->subject);
}
