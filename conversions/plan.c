// SPDX-License-Identifier: GPL-2.0-only
#include "plan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "rewrite/mapped.h"
#include "rewrite/source.h"

char *plan_new_name(const char *function)
{
	return xasprintf("%s%s", function, strstr(function, "mmap") ? "_prepare" : "_mmap_prepare");
}

bool plan_path_is_safe(const char *path)
{
	const char *p;
	size_t len;

	if (!path || !path_is_inside(path) || path[0] == '-')
		return false;
	for (p = path;; p += len + 1) {
		len = strcspn(p, "/");
		if (len == 4 && !strncasecmp(p, ".git", 4))
			return false;
		if (!p[len])
			return true;
	}
}

void job_fail(struct job *job, const char *stage, char *error)
{
	if (job->error) {
		free(error);
		return;
	}
	job->stage = xstrdup(stage);
	job->error = error;
}

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
	return f;
}

/* "file:line" -> file; caller frees. */
static char *place_file(const char *place)
{
	const char *colon = strrchr(place, ':');

	return colon ? xstrndup(place, (size_t)(colon - place)) : xstrdup(place);
}

static void plan_instance(struct job *job, const struct instance *i)
{
	static const char *const fields[] = { "static", "array", "nested", "compound", "assignment" };
	struct job_file *f = file_of(job, i->file);
	size_t k;

	if (!f || !i->how || !strcmp(i->how, "copy") || !strcmp(i->how, "define-null"))
		return;		/* a copy takes what its source has; a #define is a definition */
	for (k = 0; k < sizeof(fields) / sizeof(*fields); k++)
		if (!strcmp(i->how, fields[k])) {
			f->fields++;
			return;
		}
	job_fail(job, "rewrite", xasprintf("%s:%u: %s is installed here through %s, which no semantic "
					   "patch rewrites: convert it by hand", i->file, i->line,
					   job->h->function, i->how));
}

static void plan_files(struct job *job)
{
	const struct handler *h = job->h;
	const struct definition *d;
	const struct instance *i;
	struct job_file *f;
	char *file;
	size_t k;

	f = file_of(job, h->file);
	vec_each(d, &h->definitions) {
		f = file_of(job, d->file);
		if (f && d->is_null_define)
			f->null_defines++;
		else if (f)
			f->definitions++;
	}
	if (f && !h->definitions.nr)
		f->definitions = 1;
	vec_each(i, &h->instances)
		plan_instance(job, i);
	for (k = 0; k < h->declarations.nr; k++) {
		file = place_file(h->declarations.items[k]);
		f = file_of(job, file);
		if (f)
			f->declarations++;
		free(file);
	}
	for (k = 0; k < h->callers.nr; k++) {
		file = place_file(h->callers.items[k]);
		vec_each(f, &job->files)
			if (!strcmp(f->path, file))
				break;
		/* In our own files the comparison after the rewrite judges every mention. */
		if (f == job->files.items + job->files.nr)
			job_fail(job, "rewrite", xasprintf("%s: %s is used here by name: its new "
							   "signature would break this", h->callers.items[k],
							   h->function));
		free(file);
	}
}

static void plan_companions(struct job *job)
{
	const struct companion *k;
	struct strbuf b = { 0 };

	vec_each(k, &job->h->companions) {
		if (!is_c_identifier(k->function)) {
			job_fail(job, "rewrite", xstrdup("a companion's name is no C identifier; the inventory is "
							 "damaged, scan again"));
		} else if (!strcmp(k->role, "helper")) {
			strbuf_addf(&b, "%s%s", b.len ? "," : "", k->function);
		} else if (!job->open && job->h->vm_ops) {
			job->open = xstrdup(k->function);
			job->mapped = mapped_name(k->function);
		}
	}
	strbuf_adds(&b, "");
	job->companions = strbuf_detach(&b);
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct job_file *)a)->path, ((const struct job_file *)b)->path);
}

static void plan_job(struct plan *p, struct handler *h)
{
	struct job *job = vec_push(&p->jobs);

	job->h = h;
	job->group = p->jobs.nr - 1;
	if (!is_c_identifier(h->function)) {
		job_fail(job, "rewrite", xstrdup("the handler's name is no C identifier; the inventory "
						 "is damaged, scan again"));
		return;
	}
	job->new_name = plan_new_name(h->function);
	plan_companions(job);
	plan_files(job);
	if (job->files.nr)
		qsort(job->files.items, job->files.nr, sizeof(*job->files.items), compare_files);
}

static bool share_file(const struct job *a, const struct job *b)
{
	const struct job_file *f, *g;

	vec_each(f, &a->files)
		vec_each(g, &b->files)
			if (!strcmp(f->path, g->path))
				return true;
	return false;
}

/* Jobs that share a file, directly or through a third, get one number: the first one's. */
static void number_groups(struct plan *p)
{
	size_t i, j, k, from, to;

	for (i = 0; i < p->jobs.nr; i++)
		for (j = 0; j < i; j++) {
			if (p->jobs.items[i].error || p->jobs.items[j].error ||
			    p->jobs.items[i].group == p->jobs.items[j].group ||
			    !share_file(&p->jobs.items[i], &p->jobs.items[j]))
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

void plan_make(struct plan *p, struct inventory *inv,
	       bool (*selected)(const struct handler *h, void *ctx), void *ctx)
{
	struct handler *h;
	size_t i, *index;

	vec_each(h, &inv->handlers)
		if (h->tier == 1 && h->verdict && !strcmp(h->verdict, "auto") && selected(h, ctx))
			plan_job(p, h);
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

void plan_free(struct plan *p)
{
	struct job_file *f;
	struct job *job;
	size_t i;

	vec_each(job, &p->jobs) {
		vec_each(f, &job->files) {
			free(f->path);
			strbuf_free(&f->old);
			strbuf_free(&f->new);
		}
		vec_free(&job->files);
		free(job->new_name);
		free(job->companions);
		free(job->open);
		free(job->mapped);
		free(job->stage);
		free(job->error);
		free(job->mail);
		free(job->subject);
	}
	vec_free(&p->jobs);
	for (i = 0; i < p->nr_groups; i++)
		vec_free(&p->groups[i]);
	free(p->groups);
}
