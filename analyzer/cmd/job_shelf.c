// SPDX-License-Identifier: GPL-2.0-only
/* The shelf that a command works with. */
#include <stdlib.h>

#include "base/program.h"
#include "cmd/cmd.h"
#include "scan/scan.h"

static bool is_selected(const struct shelf_patch *p, const struct strlist *args)
{
	const struct shelf_handler *s;

	vec_each(s, &p->handlers) {
		const struct handler h = { .id = s->id, .file = s->file };

		if (s->hook && s->id && s->file && scan_selected(&h, args))
			return true;
	}
	return false;
}

/* With a handler come those of the same patch, and of what that stands on. */
static void select_with(const struct shelf *s, size_t at, bool *with)
{
	const size_t *on;

	if (with[at])
		return;
	with[at] = true;
	vec_each(on, &s->patches.items[at].on)
		select_with(s, *on, with);
}

static void extend(struct job *j)
{
	bool *with = xcalloc(j->shelf.patches.nr + 1, sizeof(bool));
	const struct shelf_handler *s;
	size_t i;

	for (i = 0; i < j->shelf.patches.nr; i++)
		if (is_selected(&j->shelf.patches.items[i], &j->opt->args))
			select_with(&j->shelf, i, with);
	for (i = 0; i < j->shelf.patches.nr; i++)
		vec_each(s, &j->shelf.patches.items[i].handlers)
			if (with[i] && s->hook && s->id && strlist_add_once(&j->opt->args, s->id))
				strlist_add(&j->maybe, s->id);
	free(with);
}

int job_open_shelf(struct job *j)
{
	char *dir = j->opt->shelf ? xstrdup(j->opt->shelf) :
		    program_dir("MMAPCONV_SHELF", "conversions/linux-7.3", "README", "the hand-finished patches");
	int ret = dir ? shelf_open(&j->shelf, dir) : -1;

	free(dir);
	if (!ret && j->opt->args.nr)
		extend(j);
	return ret ? EXIT_FAILED : 0;
}
