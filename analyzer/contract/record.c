// SPDX-License-Identifier: GPL-2.0-only
/* Records as values: with a member replaced, and what a member of one is. */
#include <stdlib.h>

#include "contract/engine.h"

term_t record_zero(struct terms *t)
{
	return term_call(t, "{}", 0, NULL, 0, 0, (struct ctype){ .kind = CTYPE_RECORD });
}

/* A record with one member replaced: a pure function named after the member. */
term_t record_with(struct terms *t, term_t base, const char *name, term_t value)
{
	term_t args[2] = { base, value }, r;
	char *f = xasprintf("{%s}", name);

	r = term_call(t, f, 0, args, 2, 0, (struct ctype){ .kind = CTYPE_RECORD });
	free(f);
	return r;
}

term_t record_member(struct engine *e, term_t record, const char *name, uint64_t offset, struct ctype type)
{
	struct term x = *term_at(e->t, record), list;
	char *f;
	size_t len = strlen(name);

	while (x.op == TERM_CALL && x.name && x.name[0] == '{') {
		if (!x.b)
			return type.kind == CTYPE_RECORD ? record_zero(e->t) : term_const(e->t, 0, type);
		list = *term_at(e->t, x.b);
		/* "{*}": the only member of its record, by position. */
		if ((!strncmp(x.name + 1, name, len) && x.name[1 + len] == '}') || !strcmp(x.name, "{*}"))
			return term_at(e->t, list.b)->a;
		record = list.a;
		x = *term_at(e->t, record);
	}
	if (x.op == TERM_LOAD)
		return term_load(e->t, term_field(e->t, x.a, name, offset), x.value, type);
	if (x.op == TERM_FRESH) {
		/* A name of its own: two members of one unknown are two. */
		f = xasprintf("%s.%s", x.name, name);
		record = term_fresh(e->t, f, type);
		free(f);
		return record;
	}
	return term_member(e->t, record, name, type);
}
