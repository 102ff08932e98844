// SPDX-License-Identifier: GPL-2.0-only
/* A comparison's results in the inventory, of compare.h. */
#include <stdlib.h>
#include <string.h>

#include "compare/internal.h"

static struct boot_difference copy_difference(const struct boot_difference *d)
{
	return (struct boot_difference){ text_or_null(d->subject), text_or_null(d->request), text_or_null(d->key), text_or_null(d->old_value),
					 text_or_null(d->new_value), text_or_null(d->kind), text_or_null(d->text) };
}

static void copy_record(struct boot_record *to, const struct boot_record *from)
{
	const struct boot_difference *d;
	size_t i;

	to->verdict = text_or_null(from->verdict);
	to->reached = from->reached;
	to->requests = from->requests;
	to->unstable = from->unstable;
	vec_each(d, &from->differences)
		*vec_push(&to->differences) = copy_difference(d);
	vec_each(d, &from->expected)
		*vec_push(&to->expected) = copy_difference(d);
	for (i = 0; i < from->warnings.nr; i++)
		strlist_add(&to->warnings, from->warnings.items[i]);
	to->patch = text_or_null(from->patch);
}

static const struct boot_handler *result_of(const struct boot_result *r, size_t index, const char *id)
{
	const struct boot_handler *h;

	/* In the inventory's order, unless something else changed it meanwhile. */
	if (index < r->handlers.nr && !strcmp(r->handlers.items[index].id, id))
		return &r->handlers.items[index];
	vec_each(h, &r->handlers)
		if (!strcmp(h->id, id))
			return h;
	return NULL;
}

void boot_record(struct inventory *inv, const struct boot_result *r)
{
	const struct boot_handler *b;
	struct handler *h;
	size_t i;

	for (i = 0; i < inv->handlers.nr; i++) {
		h = &inv->handlers.items[i];
		boot_record_free(&h->boot);
		b = result_of(r, i, h->id);
		/* A patch that the new kernel had not: nothing is known about it. */
		if (b && b->record.verdict && !h->conversion.patch == !b->patched)
			copy_record(&h->boot, &b->record);
	}
}
