// SPDX-License-Identifier: GPL-2.0-only
#include "pairs/pairs.h"

#include <string.h>

void pair_prove(const struct pair *p, struct proof *proof)
{
	const char *why = p->error ? p->error : p->doubt;

	memset(proof, 0, sizeof(*proof));
	if (!p->error)
		prove(&p->old.side, &p->new_side.side, p->page_shift, proof);
	/* A difference that is seen is one; that there is none is not said of what was not read for sure. */
	if (!why || (proof->verdict != PROVE_EQUAL && proof->verdict != PROVE_EQUAL_BUT && !p->error))
		return;
	proof_free(proof);
	memset(proof, 0, sizeof(*proof));
	proof->verdict = PROVE_UNKNOWN;
	proof->reason = xstrdup(why);
	proof->old_side = p->error ? p->missing_old : p->doubt_old;
}
