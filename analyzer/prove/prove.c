// SPDX-License-Identifier: GPL-2.0-only
#include "prove/prove.h"

#include <stdlib.h>

const char *prove_verdict_name(enum prove_verdict v)
{
	static const char *const names[] = { "equal", "equal-but", "differs", "unknown" };

	return names[v];
}

void proof_free(struct proof *p)
{
	struct difference *d;

	vec_each(d, &p->differences)
		free(d->detail);
	vec_free(&p->differences);
	free(p->request);
	free(p->old_does);
	free(p->new_does);
	free(p->reason);
}
