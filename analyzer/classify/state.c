// SPDX-License-Identifier: GPL-2.0-only
/* What outlives the call: taken and not given back on a path that succeeds, or stored. */
#include "classify/classify.h"

#include <stdlib.h>
#include <string.h>

static const char *const words[STATE_NR] = {
	[STATE_NONE] = "latch", [STATE_REFERENCE] = "reference", [STATE_COUNT] = "count", [STATE_LATCH] = "latch",
	[STATE_LOCK] = "lock", [STATE_MEMORY] = "allocation", [STATE_LIST] = "list",
};

static void path_state(const struct contract *c, const struct path *p, struct strlist *out)
{
	bool *paired = path_pairs(c, p);
	const struct effect *e;
	size_t i;

	for (i = 0; i < p->effects.nr; i++) {
		e = &c->effects[p->effects.items[i]];
		switch (e->kind) {
		case EFFECT_TAKE:
		case EFFECT_DROP:
			if (e->kind == EFFECT_TAKE && e->state == STATE_NONE)
				break;
			/* Something dropped that was not taken here is a change as well. */
			if (!paired[i] && (e->kind == EFFECT_TAKE || state_is_by_object(e->state)))
				strlist_add_once(out, words[e->state]);
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
	free(paired);
}

void contract_state(const struct contract *c, struct strlist *out)
{
	const struct path *p;

	vec_each(p, &c->paths)
		if (path_succeeds(p))
			path_state(c, p, out);
	strlist_sort(out);
}
