// SPDX-License-Identifier: GPL-2.0-only
/* --only, of driver.h. */
#include <fnmatch.h>
#include <string.h>

#include "series/driver.h"

/* "drivers/char", "drivers/char/": the folder or the file itself, or a pattern over the whole name. */
static bool names(const char *only, const char *path)
{
	size_t len = strlen(only);

	while (len && only[len - 1] == '/')
		len--;
	if (len && !strncmp(path, only, len) && (!path[len] || path[len] == '/'))
		return true;
	return !fnmatch(only, path, 0);
}

static bool wanted(const struct driver *d, const char *only)
{
	struct handler **h;
	size_t i;

	vec_each(h, &d->handlers)
		if (names(only, (*h)->file) || names(only, (*h)->id) ||
		    !strcmp(only, (*h)->function))
			return true;
	for (i = 0; i < d->patches.nr; i++)
		if (names(only, d->patches.items[i]))
			return true;
	for (i = 0; !d->handlers.nr && i < d->files.nr; i++)
		if (names(only, d->files.items[i]))
			return true;
	return false;
}

static void mark(struct drivers *all, struct driver *d)
{
	size_t *after;

	if (d->selected)
		return;
	d->selected = true;
	vec_each(after, &d->after)
		mark(all, &all->items[*after]);
}

size_t drivers_select(struct drivers *all, const struct strlist *only)
{
	struct driver *d;
	size_t nr = 0, i;

	vec_each(d, all) {
		bool want = !only || !only->nr;

		for (i = 0; !want && i < only->nr; i++)
			want = wanted(d, only->items[i]);
		if (want)
			mark(all, d);
	}
	vec_each(d, all)
		nr += d->selected;
	return nr;
}
