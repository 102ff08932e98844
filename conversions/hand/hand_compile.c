// SPDX-License-Identifier: GPL-2.0-only
/* A hand-finished patch compiled on each of its architectures, of hand.h. */
#include <stdlib.h>
#include <string.h>

#include "hand/hand.h"

/* What is compiled on one of them. */
struct place {
	struct handler h;			/* a stand-in */
	struct job job;
	struct diagnostics *before;
	bool is_also;				/* files that include a header of the patch */
};
struct hand_places { VEC(struct place) items; };

static void add_file(struct place *p, const struct job *job, const char *path)
{
	const struct arch *arch = arch_by_name(p->h.arch);

	if (arch && hand_builds(job->hand, arch, path))
		((struct job_file *)vec_push(&p->job.files))->path = (char *)path;
}

static struct place *add_place(struct hand_places *places, const struct job *job, const char *arch)
{
	struct place *p = vec_push(&places->items);

	p->h = (struct handler){ .file = job->h->file, .arch = (char *)arch };
	return p;
}

static void add_places(const struct verify *v, struct hand_places *places, const struct job *job, const char *arch)
{
	struct place *p = add_place(places, job, arch);
	const struct arch *of = arch_by_name(arch);
	const struct job_part *part;
	const struct job_file *f;
	size_t i;

	vec_each(part, &job->parts)
		if (!part->h->arch || !strcmp(part->h->arch, arch))
			*vec_push(&p->job.parts) = *part;
	vec_each(f, &job->files)
		add_file(p, job, f->path);
	/* Apart: what of these is not built is no loss. */
	p = add_place(places, job, arch);
	p->is_also = true;
	for (i = 0; of && v->flags && i < job->hand->also.nr; i++)
		if (flags_find(v->flags, of, job->hand->also.items[i]))
			add_file(p, job, job->hand->also.items[i]);
}

int hand_compile_before(const struct verify *v, struct job *job, struct hand_places **out)
{
	struct hand_places *places = xcalloc(1, sizeof(*places));
	struct place *p;
	size_t i;
	int ret = 0;

	*out = places;
	for (i = 0; i < job->hand->archs.nr; i++)
		add_places(v, places, job, job->hand->archs.items[i]);
	vec_each(p, &places->items) {
		p->job.h = &p->h;	/* no push moves it any more */
		if (!ret)
			ret = verify_before(v, &p->job, &p->before);
	}
	return ret;
}

/* What kbuild does not build is for a person, or for `mmapconv boot`, and is said. */
static void add_others(struct job *job)
{
	struct strbuf b = { 0 };
	const struct job_file *f;

	vec_each(f, &job->files)
		if (str_ends(f->path, ".c") && (str_starts(f->path, "tools/") || f->is_new))
			strbuf_addf(&b, "%s%s", b.len ? ", " : "", f->path);
	if (b.len)
		check_add(job, "other files", "not-run", xasprintf("not compiled here, kbuild does not know them: %s", b.s));
	strbuf_free(&b);
}

static void take(struct job *job, struct place *p)
{
	struct check *c;

	vec_each(c, &p->h.conversion.checks) {
		if (p->is_also && !strcmp(c->status, "not-run"))
			continue;
		check_add(job, c->name, c->status, c->detail ? xstrdup(c->detail) : NULL);
	}
	if (p->job.error)
		job_fail(job, p->job.stage, xstrdup(p->job.error));
}

int hand_compile(const struct verify *v, struct job *job, struct hand_places *places)
{
	struct place *p;
	int ret = 0;

	vec_each(p, &places->items) {
		if (ret || job->error || !p->job.files.nr)
			continue;
		ret = verify_compile(v, &p->job, p->before);
		take(job, p);
	}
	if (!ret && !conversion_check(job->h, "compile"))
		check_add(job, "compile", "not-run", xstrdup(HAND_NO_SOURCE));
	if (!ret)
		add_others(job);
	return ret;
}

void hand_compile_free(struct hand_places *places)
{
	struct place *p;

	if (!places)
		return;
	vec_each(p, &places->items) {
		verify_free(p->before);
		checks_free(&p->h.conversion.checks);
		vec_free(&p->job.parts);
		vec_free(&p->job.files);
		free(p->job.stage);
		free(p->job.error);
	}
	vec_free(&places->items);
	free(places);
}
