// SPDX-License-Identifier: GPL-2.0-only
/* What outlives the call: taken and not given back on a path that succeeds, or stored. */
#include "classify/classify.h"

#include <stdlib.h>
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

static bool has_detail(const struct effect *e, const struct effect *f)
{
	return !strcmp(e->detail ? e->detail : "", f->detail ? f->detail : "");
}

/* What a lookup returned is what it took a reference to: more certain than the name of an argument. */
enum { BY_RESULT, BY_DETAIL, BY_KIND, NR_WAYS };

static bool gives_back(const struct contract *c, const struct effect *drop, const struct effect *take, int way)
{
	term_t object = drop->args.nr ? drop->args.items[0] : 0;

	if (drop->kind != EFFECT_DROP || take->kind != EFFECT_TAKE || drop->state != take->state)
		return false;
	switch (way) {
	case BY_RESULT:
		return object && take->result == object;
	case BY_DETAIL:
		return by_object(take->state) && has_detail(drop, take);
	default:
		/* Which of a loop's objects it is, nobody can say. */
		return !by_object(take->state) ||
		       (object && take->result && term_at(c->terms, object)->op == TERM_FRESH);
	}
}

/*
 * Pair what is given back with what was taken: of several takes of one object the first is given back,
 * the last ones are kept.  paired: one for each effect of the path; the caller frees.
 */
static bool *pair_up(const struct contract *c, const struct path *p)
{
	bool *paired = xcalloc(p->effects.nr + 1, sizeof(*paired));
	size_t i, k;
	int way;

	for (way = 0; way < NR_WAYS; way++)
		for (i = 0; i < p->effects.nr; i++)
			for (k = 0; !paired[i] && k < p->effects.nr; k++)
				if (!paired[k] && gives_back(c, &c->effects[p->effects.items[i]],
							     &c->effects[p->effects.items[k]], way))
					paired[i] = paired[k] = true;
	return paired;
}

bool path_keeps(const struct contract *c, const struct path *p, const struct effect *taken)
{
	bool *paired = pair_up(c, p), kept = false;
	size_t i;

	for (i = 0; i < p->effects.nr; i++)
		kept |= &c->effects[p->effects.items[i]] == taken && !paired[i];
	free(paired);
	return kept;
}

static void path_state(const struct contract *c, const struct path *p, struct strlist *out)
{
	bool *paired = pair_up(c, p);
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
			if (!paired[i] && (e->kind == EFFECT_TAKE || by_object(e->state)))
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
