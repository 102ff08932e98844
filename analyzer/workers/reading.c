// SPDX-License-Identifier: GPL-2.0-only
#include "workers/workers.h"

#include <string.h>

const struct contract *reading_contract(const struct reading *r, const char *function)
{
	const struct contract *c;

	vec_each(c, &r->contracts)
		if (!strcmp(c->function, function))
			return c;
	return NULL;
}

static void build(struct reading *r, const char *function)
{
	struct contract c = { 0 };

	if (!reading_contract(r, function) && !contract_build(&r->unit, function, &c))
		*vec_push(&r->contracts) = c;
}

void reading_build(struct reading *r, const struct strlist *functions, const struct strlist *callbacks)
{
	struct strlist called = { 0 };
	const struct fops_site *s;
	size_t i;

	vec_each(s, &r->unit.sites)
		build(r, s->value);
	for (i = 0; i < functions->nr; i++)
		build(r, functions->items[i]);
	unit_callbacks(&r->unit, callbacks, &called);
	for (i = 0; i < called.nr; i++)
		build(r, called.items[i]);
	strlist_free(&called);
	unit_drop_nodes(&r->unit);
}

void reading_free(struct reading *r)
{
	struct contract *c;

	vec_each(c, &r->contracts)
		contract_free(c);
	vec_free(&r->contracts);
	unit_free(&r->unit);
}
