// SPDX-License-Identifier: GPL-2.0-only
#include "classify/classify.h"

#include <string.h>

const struct pattern *const patterns[] = {
#define P(name) &pattern_##name,
	PATTERNS(P)
#undef P
	NULL
};

struct query { enum action_kind action; const char *flag; const struct effect *found; };

static void find_action(const struct effect *e, void *ctx)
{
	struct query *q = ctx;

	if (!q->found && e->kind == EFFECT_ACTION && (q->action == ACTION_NONE || e->action == q->action))
		q->found = e;
}

bool any_action(const struct contract *c, enum action_kind a)
{
	struct query q = { .action = a };

	contract_each(c, find_action, &q);
	return q.found;
}

const struct effect *first_action(const struct contract *c)
{
	struct query q = { .action = ACTION_NONE };

	contract_each(c, find_action, &q);
	return q.found;
}

static void find_flag(const struct effect *e, void *ctx)
{
	struct query *q = ctx;

	if (e->kind == EFFECT_FLAGS_SET && !strcmp(e->name, q->flag))
		q->found = e;
}

bool flag_is_set(const struct contract *c, const char *flag)
{
	struct query q = { .flag = flag };

	contract_each(c, find_flag, &q);
	return q.found;
}

bool vm_ops_has(const struct subject *s, const char *callback, bool *table_unknown)
{
	const struct vm_ops_table *t;
	const struct path *p;
	const uint32_t *i;
	bool has = false, known;
	size_t k, len = strlen(callback);

	*table_unknown = false;
	vec_each(p, &s->contract->paths) {
		if (!path_succeeds(p))
			continue;
		vec_each(i, &p->effects) {
			const struct effect *e = &s->contract->effects[*i];

			if (e->kind != EFFECT_VM_OPS || !strcmp(e->name, "NULL"))
				continue;
			known = false;
			vec_each(t, &s->unit->vm_ops) {
				if (strcmp(t->name, e->name))
					continue;
				known = t->is_whole;
				for (k = 0; k < t->fields.nr; k++)
					has |= !strncmp(t->fields.items[k], callback, len) &&
					       t->fields.items[k][len] == '=';
			}
			*table_unknown |= !known;
		}
	}
	return has;
}

bool always_fails(const struct contract *c)
{
	const struct path *p;

	if (c->unmodelled.nr || !c->paths.nr)
		return false;
	vec_each(p, &c->paths)
		if (path_succeeds(p))
			return false;
	return true;
}
