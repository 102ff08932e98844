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

static void plan_files(struct job *job, size_t part)
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

static void add_helper(struct job *job, const struct companion *k)
{
	const struct companion *o;

	vec_each(o, &job->helpers)
		if (!strcmp(o->function, k->function) && o->line == k->line)
			return;
	*vec_push(&job->helpers) = (struct companion){ xstrdup(k->function), k->line, xstrdup(k->role) };
}

static void plan_companions(struct job *job, struct job_part *part)
{
	const struct companion *k;

	vec_each(k, &part->h->companions) {
		if (!is_c_identifier(k->function)) {
			job_fail(job, "rewrite", xstrdup("a companion's name is no C identifier; the inventory is "
							 "damaged, scan again"));
		} else if (!strcmp(k->role, "helper")) {
			add_helper(job, k);
		} else if (!part->open && part->h->vm_ops) {
			part->open = xstrdup(k->function);
			part->mapped = mapped_name(k->function);
		}
	}
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct job_file *)a)->path, ((const struct job_file *)b)->path);
}

/* The handlers of the inventory that change together with h, itself among them, as parts of the job. */
static void add_parts(struct job *job, struct inventory *inv, const struct handler *h)
{
	struct handler *o;

	vec_each(o, &inv->handlers) {
		if (o != h && !strlist_has(&h->together, o->id))
			continue;
		((struct job_part *)vec_push(&job->parts))->h = o;
		if (o->tier != 1 || !o->verdict || strcmp(o->verdict, "auto"))
			job_fail(job, "rewrite", xasprintf("%s moves with it and is not to be converted; the "
							   "inventory is damaged, scan again", o->id));
	}
	if (job->parts.nr != h->together.nr + 1)
		job_fail(job, "rewrite", xasprintf("%zu handlers move with it that the inventory lacks; it is damaged, "
						   "scan again", h->together.nr + 1 - job->parts.nr));
	job->h = job->parts.items[0].h;
}

static void plan_job(struct plan *p, struct inventory *inv, struct handler *h)
{
	struct job *job = vec_push(&p->jobs);
	struct job_part *part;
	size_t i;

	job->group = p->jobs.nr - 1;
	add_parts(job, inv, h);
	vec_each(part, &job->parts) {
		if (!is_c_identifier(part->h->function)) {
			job_fail(job, "rewrite", xstrdup("the handler's name is no C identifier; the inventory "
							 "is damaged, scan again"));
			return;
		}
		part->new_name = plan_new_name(part->h->function);
		plan_companions(job, part);
	}
	job->new_name = job->parts.items[0].new_name;
	for (i = 0; i < job->parts.nr; i++)
		plan_files(job, i);
	vec_each(part, &job->parts)
		check_callers(job, part->h);
	if (job->files.nr)
		qsort(job->files.items, job->files.nr, sizeof(*job->files.items), compare_files);
}

static bool is_planned(const struct plan *p, const struct handler *h)
{
	const struct job_part *part;
	const struct job *job;

	vec_each(job, &p->jobs)
		vec_each(part, &job->parts)
			if (part->h == h)
				return true;
	return false;
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
		if (h->tier == 1 && h->verdict && !strcmp(h->verdict, "auto") && selected(h, ctx) &&
		    !is_planned(p, h))
			plan_job(p, inv, h);
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

static void free_job(struct job *job)
{
	struct companion *k;
	struct job_part *part;
	struct job_file *f;

	vec_each(f, &job->files) {
		free(f->path);
		free(f->asked);
		strbuf_free(&f->old);
		strbuf_free(&f->new);
	}
	vec_free(&job->files);
	vec_each(part, &job->parts) {
		free(part->new_name);
		free(part->open);
		free(part->mapped);
	}
	vec_free(&job->parts);
	vec_each(k, &job->helpers) {
		free(k->function);
		free(k->role);
	}
	vec_free(&job->helpers);
	free(job->stage);
	free(job->error);
	free(job->mail);
	free(job->subject);
}

void plan_free(struct plan *p)
{
	struct job *job;
	size_t i;

	vec_each(job, &p->jobs)
		free_job(job);
	vec_free(&p->jobs);
	for (i = 0; i < p->nr_groups; i++)
		vec_free(&p->groups[i]);
	free(p->groups);
}
