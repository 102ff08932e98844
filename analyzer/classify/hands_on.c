// SPDX-License-Identifier: GPL-2.0-only
/* R18 where it is mechanical: a handler that calls another one by name, which moves with it. */
#include "classify/classify.h"

#include <string.h>

const struct peer *peer_called(const struct subject *s, const char *function)
{
	const struct peer *p;

	if (s->peers)
		vec_each(p, s->peers)
			if (p->kind == PEER_CALLED && !strcmp(p->handler->function, function))
				return p;
	return NULL;
}

/*
 * What may come before: flags, which the other one finds as they are today.  A protection, vm_ops or private
 * data are what its own verdict could hang on.
 */
static bool may_precede(const struct effect *e)
{
	return e->kind == EFFECT_FLAGS_SET || e->kind == EFFECT_FLAGS_CLEAR ||
	       ((e->kind == EFFECT_TAKE || e->kind == EFFECT_DROP) && e->state == STATE_LOCK);
}

bool hands_on(const struct contract *c, const struct effect *e)
{
	const struct effect *other;
	const struct path *p;
	const uint32_t *i;
	int locks;
	bool on;

	if (e->in_loop)
		return false;
	vec_each(p, &c->paths) {
		on = false;
		vec_each(i, &p->effects)
			on |= &c->effects[*i] == e;
		if (!on)
			continue;
		locks = 0;
		vec_each(i, &p->effects) {
			other = &c->effects[*i];
			if (other == e)
				continue;
			if (!may_precede(other))
				return false;
			locks += other->kind == EFFECT_TAKE ? 1 : other->kind == EFFECT_DROP ? -1 : 0;
		}
		/* The last effect: nothing comes after, no lock is held meanwhile. */
		if (&c->effects[p->effects.items[p->effects.nr - 1]] != e || locks || !e->result ||
		    p->result_term != e->result)
			return false;
	}
	return true;
}
