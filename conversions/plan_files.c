// SPDX-License-Identifier: GPL-2.0-only
/* What a job asks of which files. */
#include <stdlib.h>
#include <string.h>

#include "plan_internal.h"

static struct job_file *file_of(struct job *job, const char *path)
{
	struct job_file *f;

	if (!plan_path_is_safe(path)) {
		job_fail(job, "rewrite", xasprintf("%s: a path that leads out of the tree; the inventory "
						   "is damaged, scan again", path ? path : "(none)"));
		return NULL;
	}
	vec_each(f, &job->files)
		if (!strcmp(f->path, path))
			return f;
	f = vec_push(&job->files);
	f->path = xstrdup(path);
	f->asked = xcalloc(job->parts.nr, sizeof(*f->asked));
	return f;
}

/* What is asked of a file for one part, or NULL after a failure. */
static struct asked *ask(struct job *job, size_t part, const char *path)
{
	struct job_file *f = file_of(job, path);

	return f ? &f->asked[part] : NULL;
}

/* "file:line" -> file; caller frees. */
static char *place_file(const char *place)
{
	const char *colon = strrchr(place, ':');

	return colon ? xstrndup(place, (size_t)(colon - place)) : xstrdup(place);
}

static void plan_instance(struct job *job, size_t part, const struct instance *i)
{
	static const char *const fields[] = { "static", "array", "nested", "compound", "assignment" };
	struct asked *a = ask(job, part, i->file);
	size_t k;

	if (!a || !i->how || !strcmp(i->how, "copy") || !strcmp(i->how, "define-null"))
		return;		/* a copy takes what its source has; a #define is a definition */
	for (k = 0; k < sizeof(fields) / sizeof(*fields); k++)
		if (!strcmp(i->how, fields[k])) {
			a->fields++;
			return;
		}
	job_fail(job, "rewrite", xasprintf("%s:%u: %s is installed here through %s, which no semantic "
					   "patch rewrites: convert it by hand", i->file, i->line,
					   job->parts.items[part].h->function, i->how));
}

/* For one part. */
static void ask_for(struct job *job, size_t part)
{
	const struct handler *h = job->parts.items[part].h;
	const struct definition *d;
	const struct instance *i;
	struct asked *a;
	char *file;
	size_t k;

	a = ask(job, part, h->file);
	if (a && !h->definitions.nr)
		a->definitions = 1;
	vec_each(d, &h->definitions) {
		a = ask(job, part, d->file);
		if (a && d->is_null_define)
			a->null_defines++;
		else if (a)
			a->definitions++;
	}
	vec_each(i, &h->instances)
		plan_instance(job, part, i);
	for (k = 0; k < h->declarations.nr; k++) {
		file = place_file(h->declarations.items[k]);
		a = ask(job, part, file);
		if (a)
			a->declarations++;
		free(file);
	}
}

/* In our own files the comparison after the rewrite judges every mention. */
static void check_callers(struct job *job, const struct handler *h)
{
	const struct job_file *f;
	char *file;
	size_t k;

	for (k = 0; k < h->callers.nr; k++) {
		file = place_file(h->callers.items[k]);
		vec_each(f, &job->files)
			if (!strcmp(f->path, file))
				break;
		if (f == job->files.items + job->files.nr)
			job_fail(job, "rewrite", xasprintf("%s: %s is used here by name: its new "
							   "signature would break this", h->callers.items[k],
							   h->function));
		free(file);
	}
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct job_file *)a)->path, ((const struct job_file *)b)->path);
}

void plan_files(struct job *job)
{
	const struct job_part *part;
	size_t i;

	for (i = 0; i < job->parts.nr; i++)
		ask_for(job, i);
	vec_each(part, &job->parts)
		check_callers(job, part->h);
	if (job->files.nr)
		qsort(job->files.items, job->files.nr, sizeof(*job->files.items), compare_files);
}
