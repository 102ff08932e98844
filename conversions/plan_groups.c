// SPDX-License-Identifier: GPL-2.0-only
/* Jobs that share a file, or stand on one another, are one group: what one changes the other one finds changed. */
#include <stdlib.h>
#include <string.h>

#include "hand/hand.h"
#include "plan_internal.h"

static bool share_file(const struct job *a, const struct job *b)
{
	const struct job_file *f, *g;

	vec_each(f, &a->files)
		vec_each(g, &b->files)
			if (!strcmp(f->path, g->path))
				return true;
	return false;
}

/* Is b a patch of the shelf that a, of the shelf as well, stands on? */
static bool stands_on(const struct job *a, size_t b)
{
	const size_t *on;

	if (a->hand)
		vec_each(on, &a->hand->on)
			if (*on == b)
				return true;
	return false;
}

/* Jobs that share a file, or stand on one another, directly or through a third, get one number: the first one's. */
static void number_groups(struct plan *p)
{
	size_t i, j, k, from, to;

	for (i = 0; i < p->jobs.nr; i++)
		for (j = 0; j < i; j++) {
			if (p->jobs.items[i].error || p->jobs.items[j].error ||
			    p->jobs.items[i].group == p->jobs.items[j].group ||
			    (!share_file(&p->jobs.items[i], &p->jobs.items[j]) && !stands_on(&p->jobs.items[i], j)))
				continue;
			from = p->jobs.items[i].group;
			to = p->jobs.items[j].group;
			if (from < to) {
				from = to;
				to = p->jobs.items[i].group;
			}
			for (k = 0; k <= i; k++)
				if (p->jobs.items[k].group == from)
					p->jobs.items[k].group = to;
		}
}

void plan_groups(struct plan *p)
{
	size_t i, *index;

	number_groups(p);
	index = xcalloc(p->jobs.nr, sizeof(*index));
	p->groups = xcalloc(p->jobs.nr, sizeof(*p->groups));
	for (i = 0; i < p->jobs.nr; i++) {
		struct job *job = &p->jobs.items[i];

		if (job->error)
			continue;
		if (job->group == i)
			index[i] = p->nr_groups++;
		job->group = index[job->group];
		*(struct job **)vec_push(&p->groups[job->group]) = job;
	}
	free(index);
}
