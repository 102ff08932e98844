// SPDX-License-Identifier: GPL-2.0-only
/* Which handlers change together: a job, with the names of what it writes. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "hand/hand.h"
#include "plan_internal.h"
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

/* The handlers of the inventory that change together with h, itself among them, as parts of the job. */
static void add_parts(const struct plan *p, struct job *job, struct inventory *inv, const struct handler *h)
{
	struct handler *o;

	vec_each(o, &inv->handlers) {
		if (o != h && !strlist_has(&h->together, o->id))
			continue;
		if (is_planned(p, o)) {
			job_fail(job, "shelf", xasprintf("%s moves with it and is on the shelf of hand-finished patches without it: "
							 "mend the shelf, or take it away with --no-shelf", o->id));
			continue;
		}
		((struct job_part *)vec_push(&job->parts))->h = o;
		if (o->tier != 1 || !o->verdict || strcmp(o->verdict, "auto"))
			job_fail(job, "rewrite", xasprintf("%s moves with it and is not to be converted; the "
							   "inventory is damaged, scan again", o->id));
	}
	if (!job->error && job->parts.nr != h->together.nr + 1)
		job_fail(job, "rewrite", xasprintf("%zu handlers move with it that the inventory lacks; it is damaged, "
						   "scan again", h->together.nr + 1 - job->parts.nr));
	job->h = job->parts.items[0].h;
}

static void plan_job(struct plan *p, struct inventory *inv, struct handler *h)
{
	struct job *job, new_job = { .group = p->jobs.nr };
	struct job_part *part;

	/* Not in the plan yet: it is asked which handlers others have. */
	add_parts(p, &new_job, inv, h);
	job = vec_push(&p->jobs);
	*job = new_job;
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
	plan_files(job);
}

void plan_make(struct plan *p, struct inventory *inv,
	       bool (*selected)(const struct handler *h, void *ctx), void *ctx)
{
	struct handler *h;

	vec_each(h, &inv->handlers)
		if (h->tier == 1 && h->verdict && !strcmp(h->verdict, "auto") && selected(h, ctx) &&
		    !is_planned(p, h))
			plan_job(p, inv, h);
	plan_groups(p);
}

void job_texts_free(struct job_texts *t)
{
	struct job_text *x;

	vec_each(x, t) {
		free(x->path);
		strbuf_free(&x->text);
	}
	vec_free(t);
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
	job_texts_free(&job->before);
	job_texts_free(&job->after);
	hand_free(job->hand);
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
