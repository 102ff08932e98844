// SPDX-License-Identifier: GPL-2.0-only
#include "fields_table.h"

#include <stdlib.h>
#include <string.h>

static int compare_names(const void *pa, const void *pb)
{
	const struct handler *a = *(const struct handler *const *)pa, *b = *(const struct handler *const *)pb;

	return strcmp(a->interface, b->interface);
}

static int compare_counts(const void *pa, const void *pb)
{
	const struct field_count *a = pa, *b = pb;

	return (b->handlers > a->handlers) - (b->handlers < a->handlers) ?: strcmp(a->name, b->name);
}

void inventory_fields_count(const struct inventory *inv, struct field_counts *fields)
{
	VEC(const struct handler *) handlers = { 0 };
	struct field_count *f = NULL;
	const struct handler *h;
	size_t i;
	int word;

	memset(fields, 0, sizeof(*fields));
	vec_each(h, &inv->handlers)
		if (h->tier == 2 && h->interface)
			*vec_push(&handlers) = h;
	if (handlers.nr)
		qsort(handlers.items, handlers.nr, sizeof(*handlers.items), compare_names);
	for (i = 0; i < handlers.nr; i++) {
		h = handlers.items[i];
		if (!f || strcmp(f->name, h->interface)) {
			f = vec_push(fields);
			f->name = h->interface;
		}
		f->handlers++;
		word = word_index(verdict_words, h->verdict);
		f->by_verdict[word < 0 ? NR_VERDICTS : word]++;
	}
	if (fields->nr)
		qsort(fields->items, fields->nr, sizeof(*fields->items), compare_counts);
	vec_free(&handlers);
}
