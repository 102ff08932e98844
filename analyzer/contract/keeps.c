// SPDX-License-Identifier: GPL-2.0-only
/* What a path takes and does not give back. */
#include <stdlib.h>
#include <string.h>

#include "contract/contract.h"

bool state_is_by_object(enum state_kind kind)
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
		return state_is_by_object(take->state) && has_detail(drop, take);
	default:
		/* Which of a loop's objects it is, nobody can say. */
		return !state_is_by_object(take->state) ||
		       (object && take->result && term_at(c->terms, object)->op == TERM_FRESH);
	}
}

bool *path_pairs(const struct contract *c, const struct path *p)
{
	bool *paired = xcalloc(p->effects.nr + 1, sizeof(*paired));
	size_t i, k;
	int way;

	/* What gave back nothing lacks nothing. */
	for (i = 0; i < p->effects.nr; i++)
		paired[i] = c->effects[p->effects.items[i]].kind == EFFECT_DROP &&
			    c->effects[p->effects.items[i]].state == STATE_NONE;
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
	bool *paired = path_pairs(c, p), kept = false;
	size_t i;

	for (i = 0; i < p->effects.nr; i++)
		kept |= &c->effects[p->effects.items[i]] == taken && !paired[i];
	free(paired);
	return kept;
}
