// SPDX-License-Identifier: GPL-2.0-only
/* What outlives the call: taken and not given back on a path that succeeds, or stored. */
#include "classify/classify.h"

#include <string.h>

static const char *const words[STATE_NR] = {
	[STATE_NONE] = "latch", [STATE_REFERENCE] = "reference", [STATE_COUNT] = "count", [STATE_LATCH] = "latch",
	[STATE_LOCK] = "lock", [STATE_MEMORY] = "allocation", [STATE_LIST] = "list",
};

/* Locks and memory balance by kind: what is given back is named otherwise than what was taken. */
static bool by_object(enum state_kind kind)
{
	return kind != STATE_LOCK && kind != STATE_MEMORY;
}

static bool same_object(const struct effect *a, const struct effect *b)
{
	if (a->state != b->state)
		return false;
	return !by_object(a->state) || !strcmp(a->detail ? a->detail : "", b->detail ? b->detail : "");
}

static int net_of(const struct contract *c, const struct path *p, const struct effect *of)
{
	const struct effect *e;
	const uint32_t *i;
	int net = 0;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		if ((e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP) && same_object(e, of))
			net += e->kind == EFFECT_TAKE ? 1 : -1;
	}
	return net;
}

/* Of several takes of one object the last ones are kept: what is given back was there first. */
bool path_keeps(const struct contract *c, const struct path *p, const struct effect *taken)
{
	int later = 0, net = net_of(c, p, taken);
	const struct effect *e;
	const uint32_t *i;
	bool behind = false;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		later += behind && e->kind == EFFECT_TAKE && same_object(e, taken);
		behind |= e == taken;
	}
	return later < net;
}

static void path_state(const struct contract *c, const struct path *p, struct strlist *out)
{
	const struct effect *e;
	const uint32_t *i;
	int net;

	vec_each(i, &p->effects) {
		e = &c->effects[*i];
		switch (e->kind) {
		case EFFECT_TAKE:
		case EFFECT_DROP:
			/* Something dropped that was not taken here is a change as well. */
			net = net_of(c, p, e);
			if (net > 0 || (net < 0 && by_object(e->state)))
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
}

void contract_state(const struct contract *c, struct strlist *out)
{
	const struct path *p;

	vec_each(p, &c->paths)
		if (path_succeeds(p))
			path_state(c, p, out);
	strlist_sort(out);
}
