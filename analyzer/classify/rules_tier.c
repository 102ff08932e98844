// SPDX-License-Identifier: GPL-2.0-only
/* The fields beside file_operations.mmap: each has to offer a hook first. */
#include "classify/rules_internal.h"

#include <stdlib.h>
#include <string.h>

#include "tree/fields.h"

bool field_has_hook(const struct subject *s, const char *field)
{
	char *hook = xasprintf("%s_prepare", field);
	bool has = s->hooks && strlist_has(s->hooks, hook);

	free(hook);
	return has;
}

/*
 * The handler is judged as if its field offered one: what is missing is named, and weighs nothing.
 * The handlers that call through the field need the same.
 */
void rules_tier(const struct subject *s, struct verdict *v)
{
	const struct instance *i;

	vec_each(i, &s->handler->instances) {
		if (!strcmp(i->interface, TIER_1_FIELD) || field_has_hook(s, i->interface))
			continue;
		if (s->handler->tier == 1) {
			verdict_reason(v, WEIGHT_ASSISTED, "field", 0,
				       "installed in %s too, which has no mmap_prepare form: it stays beside the hook",
				       i->interface);
			continue;
		}
		verdict_reason(v, WEIGHT_NOTE, "field", 0, "%s has no mmap_prepare form yet", i->interface);
		verdict_need(v, "%s_prepare", i->interface);
	}
}
