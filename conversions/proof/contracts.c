// SPDX-License-Identifier: GPL-2.0-only
/* The contracts of handlers and of their hooks, read in a few passes and compared. */
#include "proof/contracts.h"

#include <errno.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/run.h"
#include "pairs/pairs.h"

static char *copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static void record(const struct proof *from, const struct handler *h, struct proof_record *to)
{
	struct proof_difference *to_d;
	const struct difference *d;

	to->verdict = xstrdup(prove_verdict_name(from->verdict));
	vec_each(d, &from->differences) {
		to_d = vec_push(&to->differences);
		*to_d = (struct proof_difference){ xstrdup(d->kind->name), xstrdup(d->kind->text), d->line, copy(d->detail) };
	}
	to->witness = (struct proof_witness){ copy(from->request), copy(from->old_does), copy(from->new_does) };
	if (from->reason)
		to->reason = from->line ? xasprintf("%s:%u%s: %s", h->file, from->line, from->old_side ? "" : " as converted",
						    from->reason)
					: xstrdup(from->reason);
}

int proof_contracts(struct proof_job *jobs, size_t nr, void *ctx)
{
	struct pair *pairs = xcalloc(nr + 1, sizeof(*pairs));
	struct pairs *p = NULL;
	struct proof proof;
	size_t i;
	int ret = pairs_open(ctx, &p);

	for (i = 0; i < nr; i++) {
		pairs[i].old = (struct pair_side){ .file = jobs[i].h->file, .function = jobs[i].h->function,
						   .instead = jobs[i].old_instead, .nr_instead = jobs[i].nr_old_instead };
		pairs[i].new_side = (struct pair_side){ .file = jobs[i].h->file, .function = jobs[i].new_name,
							.instead = jobs[i].instead, .nr_instead = jobs[i].nr_instead };
		pairs[i].arch = jobs[i].h->arch ? arch_by_name(jobs[i].h->arch) : NULL;
	}
	if (!ret)
		ret = pairs_read(p, pairs, nr);
	for (i = 0; i < nr && !ret; i++) {
		pair_prove(&pairs[i], &proof);
		record(&proof, jobs[i].h, jobs[i].proof);
		proof_free(&proof);
		log_progress("prove", i + 1, nr);
		if (run_interrupted())
			ret = -EINTR;
	}
	log_progress_end();
	for (i = 0; i < nr; i++)
		pair_free(&pairs[i]);
	free(pairs);
	pairs_free(p);
	return ret;
}
