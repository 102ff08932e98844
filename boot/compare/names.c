// SPDX-License-Identifier: GPL-2.0-only
/* Whose name it is that the kernel called, of internal.h. */
#include <stdlib.h>
#include <string.h>

#include "compare/internal.h"

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c ? c : (x->handler > y->handler) - (x->handler < y->handler);
}

void names_make(struct names *n, const struct boot_inputs *in, const struct boot_result *out)
{
	const struct handler *h;
	size_t i;

	*n = (struct names){ .inv = in->inv, .built = in->built };
	for (i = 0; i < in->inv->handlers.nr; i++) {
		bool patched = out->handlers.items[i].patched;

		h = &in->inv->handlers.items[i];
		*vec_push(&n->old) = (struct named){ h->function, i };
		if (!patched || h->conversion.new_name)
			*vec_push(&n->new) = (struct named){ patched ? h->conversion.new_name : h->function, i };
	}
	if (n->old.nr)
		qsort(n->old.items, n->old.nr, sizeof(*n->old.items), compare_named);
	if (n->new.nr)
		qsort(n->new.items, n->new.nr, sizeof(*n->new.items), compare_named);
}

void names_free(struct names *n)
{
	vec_free(&n->old);
	vec_free(&n->new);
}

static bool is_built(const struct names *n, size_t handler)
{
	return strlist_has_sorted(n->built, n->inv->handlers.items[handler].file);
}

/* A name that only one has says it all; of several, those that were built are left. */
size_t names_find(const struct names *n, const char *name, bool new_kernel, size_t **which)
{
	const struct named *items = new_kernel ? n->new.items : n->old.items;
	size_t nr = new_kernel ? n->new.nr : n->old.nr, low = 0, high = nr, mid, from, to, i, found = 0;
	bool some_built = false;

	*which = NULL;
	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(items[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (from = to = low; to < nr && !strcmp(items[to].name, name); to++)
		some_built |= is_built(n, items[to].handler);
	if (from == to)
		return 0;
	*which = xcalloc(to - from, sizeof(**which));
	for (i = from; i < to; i++)
		if (to - from == 1 || !some_built || is_built(n, items[i].handler))
			(*which)[found++] = items[i].handler;
	return found;
}
