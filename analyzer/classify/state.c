// SPDX-License-Identifier: GPL-2.0-only
/* What outlives the call: taken and not given back on a path that succeeds, or stored. */
#include "classify/classify.h"

#include <string.h>

static const char *const words[STATE_NR] = {
	[STATE_REFERENCE] = "reference", [STATE_COUNT] = "count", [STATE_LATCH] = "latch",
	[STATE_LOCK] = "lock", [STATE_MEMORY] = "allocation", [STATE_LIST] = "list",
};

static void path_state(const struct contract *c, const struct path *p, struct strlist *out)
{
	int net[STATE_NR] = { 0 };
	const uint32_t *i;
	unsigned k;

	vec_each(i, &p->effects) {
		const struct effect *e = &c->effects[*i];

		switch (e->kind) {
		case EFFECT_TAKE:
			net[e->state]++;
			break;
		case EFFECT_DROP:
			net[e->state]--;
			break;
		case EFFECT_STORE:
			strlist_add_once(out, e->state == STATE_COUNT ? "count" : "latch");
			break;
		case EFFECT_STORE_VMA:
			strlist_add_once(out, "vma");
			break;
		case EFFECT_OPEN:
			strlist_add_once(out, "open");
			break;
		default:
			break;
		}
	}
	for (k = 1; k < STATE_NR; k++)
		if (net[k] > 0)
			strlist_add_once(out, words[k]);
}

void contract_state(const struct contract *c, struct strlist *out)
{
	const struct path *p;

	vec_each(p, &c->paths)
		if (path_succeeds(p))
			path_state(c, p, out);
	strlist_sort(out);
}
