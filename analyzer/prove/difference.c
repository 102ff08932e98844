// SPDX-License-Identifier: GPL-2.0-only
/* The closed list of differences that a right conversion may have. */
#include <stdlib.h>
#include <string.h>

#include "prove/internal.h"

const struct difference_kind difference_kinds[] = {
	{ "state-in-mapped", "what the handler left behind is done in vm_ops->mapped, after the mapping stands" },
	{ "no-trace-after-failure", "a request that fails leaves nothing behind; the legacy handler left something" },
	{ "prot-in-vma", "the protection that only the page tables had is in vm_page_prot as well" },
	{ "merge-after-hook", "the hook runs before the kernel tries to merge the mapping with a neighbour, so that a "
			      "request that ends in a merge is checked, and seen by file_accessed(), as well" },
	{ "latch-in-hook", "a value that a second time changes nothing is stored although the mapping can fail later" },
	{ NULL, NULL },
};

void add_difference(struct proof *p, const char *kind, unsigned line, char *detail)
{
	const struct difference_kind *k;
	struct difference *d;
	size_t at;

	for (k = difference_kinds; k->name && strcmp(k->name, kind); k++)
		;
	for (at = 0; at < p->differences.nr && p->differences.items[at].kind < k; at++)
		;
	if (!k->name || (at < p->differences.nr && p->differences.items[at].kind == k)) {
		free(detail);
		return;
	}
	vec_push(&p->differences);
	d = &p->differences.items[at];
	memmove(d + 1, d, (p->differences.nr - 1 - at) * sizeof(*d));
	*d = (struct difference){ k, line, detail };
}
