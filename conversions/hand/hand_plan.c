// SPDX-License-Identifier: GPL-2.0-only
/* Which patches of the shelf match the tree, and their jobs, of hand.h. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "hand/hand.h"

/* What is known of each patch of the shelf while jobs are made of some. */
struct chooser {
	const struct shelf *shelf;
	const struct tree *tree;
	struct inventory *inv;
	bool *used;
	size_t *jobs;				/* where its job is in the plan */
};

static struct handler *handler_of(struct inventory *inv, const char *id)
{
	struct handler *h;

	vec_each(h, &inv->handlers)
		if (!strcmp(h->id, id))
			return h;
	return NULL;
}

/* Handlers that it converts and that are there. */
static unsigned present(const struct chooser *c, const struct shelf_patch *p)
{
	const struct shelf_handler *h;
	unsigned nr = 0;

	vec_each(h, &p->handlers)
		nr += h->hook && h->id && handler_of(c->inv, h->id);
	return nr;
}

static bool is_made_by(const struct chooser *c, const struct shelf_patch *p, const char *path)
{
	const struct shelf_file *f;
	const size_t *on;

	vec_each(f, &p->files)
		if (f->created && !strcmp(f->path, path))
			return true;
	vec_each(on, &p->on)
		if (is_made_by(c, &c->shelf->patches.items[*on], path))
			return true;
	return false;
}

static bool is_in_tree(const struct tree *t, const char *path)
{
	char *full = path_join(t->root, path);
	bool there = file_exists(full);

	free(full);
	return there;
}

/* A file that it changes and that nobody makes, or NULL. */
static const char *missing_file(const struct chooser *c, const struct shelf_patch *p)
{
	const struct shelf_file *f;

	vec_each(f, &p->files)
		if (!is_in_tree(c->tree, f->path) && !is_made_by(c, p, f->path))
			return f->path;
	return NULL;
}

static bool has_dependents(const struct shelf *s, size_t at)
{
	const struct shelf_patch *p;
	const size_t *on;

	vec_each(p, &s->patches)
		vec_each(on, &p->on)
			if (*on == at)
				return true;
	return false;
}

/*
 * Does it concern this tree by itself?  A conversion does where a handler of it is there; a fix, and what prepares one, where its files are;
 * a change of the core where its files are and nothing on the shelf stands on it, else what stands on it decides.
 */
static bool matches(const struct chooser *c, size_t at, bool in_part)
{
	const struct shelf_patch *p = &c->shelf->patches.items[at];

	if (!p->kind)			/* so damaged that nothing is known */
		return false;
	if (shelf_converts(p))
		return present(c, p);
	if (p->error || in_part || !p->files.nr || missing_file(c, p))
		return false;
	return strcmp(p->kind, "core") || !has_dependents(c->shelf, at);
}

static void use(struct chooser *c, size_t at)
{
	const size_t *on;

	/* What stands on one of which nothing is known is damaged itself. */
	if (c->used[at] || !c->shelf->patches.items[at].kind)
		return;
	c->used[at] = true;
	vec_each(on, &c->shelf->patches.items[at].on)
		use(c, *on);
}

static void choose(struct chooser *c, const struct convert_options *opt)
{
	unsigned elsewhere = 0;
	size_t i;

	for (i = 0; i < c->shelf->patches.nr; i++) {
		if (opt->shelf_names && !strlist_has(opt->shelf_names, c->shelf->patches.items[i].name))
			continue;
		if (matches(c, i, opt->in_part))
			use(c, i);
	}
	for (i = 0; i < c->shelf->patches.nr; i++)
		elsewhere += !c->used[i] && !c->shelf->patches.items[i].error;
	if (elsewhere && !opt->in_part && !opt->shelf_names)
		log_note("%s: %u of %zu hand-finished patches are for handlers or files that this tree has not; `mmapconv hand list` "
			 "names them", c->shelf->dir, elsewhere, c->shelf->patches.nr);
}

static void copy(const struct strlist *from, struct strlist *to)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add(to, from->items[i]);
}

/* Everything that the patch stands on, in the order of the shelf. */
static void all_on(const struct shelf *s, const struct shelf_patch *p, bool *on)
{
	const size_t *at;

	vec_each(at, &p->on)
		if (!on[*at]) {
			on[*at] = true;
			all_on(s, &s->patches.items[*at], on);
		}
}

static void fill_record(const struct chooser *c, const struct shelf_patch *p, struct hand_patch *r)
{
	bool *on = xcalloc(c->shelf->patches.nr + 1, sizeof(bool));
	const struct boot_announced *a;
	const struct shelf_file *f;
	size_t i;

	r->name = xstrdup(p->name);
	r->kind = xstrdup(p->kind);
	r->subject = xstrdup(p->subject ? p->subject : p->name);
	r->release = xstrdup(p->verified.release ? p->verified.release : "?");
	r->known = p->verified.checkpatch ? xstrdup(p->verified.checkpatch) : NULL;
	r->class_name = p->class_name ? xstrdup(p->class_name) : NULL;
	copy(&p->rules, &r->rules);
	copy(&p->provides, &r->provides);
	copy(&p->differences, &r->differences);
	copy(&p->questions, &r->questions);
	vec_each(a, &p->boot)
		*vec_push(&r->boot) = (struct boot_announced){
			xstrdup(a->subject), a->request ? xstrdup(a->request) : NULL, xstrdup(a->key),
			a->old_value ? xstrdup(a->old_value) : NULL, a->new_value ? xstrdup(a->new_value) : NULL, xstrdup(a->why),
		};
	vec_each(f, &p->files)
		strlist_add(&r->files, f->path);
	all_on(c->shelf, p, on);
	for (i = 0; i < c->shelf->patches.nr; i++)
		if (on[i])
			strlist_add(&r->prerequisites, c->shelf->patches.items[i].name);
	free(on);
}

static void add_parts(const struct chooser *c, struct job *job, struct hand *hand)
{
	const struct shelf_handler *s;
	struct job_part *part;
	struct handler *h;

	vec_each(s, &hand->patch->handlers) {
		h = s->hook && s->id ? handler_of(c->inv, s->id) : NULL;
		if (s->hook && s->id && !h && !hand->missing)
			hand->missing = xstrdup(s->id);
		if (!h)
			continue;
		part = vec_push(&job->parts);
		part->h = h;
		part->new_name = xstrdup(s->hook);
		strlist_add(&hand->record.handlers, h->id);
		if (h->arch)
			strlist_add_once(&hand->archs, h->arch);
	}
}

static void plan_job(struct chooser *c, struct plan *p, size_t at)
{
	const struct shelf_patch *patch = &c->shelf->patches.items[at];
	struct hand *hand = xcalloc(1, sizeof(*hand));
	struct job *job = vec_push(&p->jobs);
	const struct shelf_file *f;
	struct job_file *file;
	const char *missing;
	const size_t *on;

	c->jobs[at] = p->jobs.nr - 1;
	job->group = p->jobs.nr - 1;
	job->hand = hand;
	job->h = &hand->standin;
	job->subject = xstrdup(patch->subject ? patch->subject : patch->name);
	hand->patch = patch;
	vec_each(on, &patch->on)
		if (c->used[*on])
			*vec_push(&hand->on) = c->jobs[*on];
	add_parts(c, job, hand);
	copy(&patch->archs, &hand->archs);
	strlist_sort_once(&hand->archs);
	fill_record(c, patch, &hand->record);
	copy(&hand->archs, &hand->record.archs);
	vec_each(f, &patch->files) {
		file = vec_push(&job->files);
		file->path = xstrdup(f->path);
		file->is_new = !is_in_tree(c->tree, f->path);
	}
	job->is_strict = true;
	job->known = patch->verified.checkpatch;
	hand->standin.file = patch->files.nr ? patch->files.items[0].path : patch->name;
	hand->standin.arch = hand->archs.nr ? hand->archs.items[0] : NULL;
	missing = patch->error ? NULL : missing_file(c, patch);
	if (patch->error)
		job_fail(job, "shelf", xasprintf("%s: %s", patch->name, patch->error));
	else if (missing)
		job_fail(job, "shelf", xasprintf("%s changes %s, which this tree has not; it was made for Linux %s: mend it for this "
						 "one", patch->name, missing, patch->verified.release));
	else
		hand_also(c->tree, patch, &hand->also);
}

void hand_plan(struct plan *p, const struct tree *t, struct inventory *inv, const struct convert_options *opt)
{
	struct chooser c = { .shelf = opt->shelf, .tree = t, .inv = inv };
	size_t i;

	if (!opt->shelf)
		return;
	c.used = xcalloc(opt->shelf->patches.nr + 1, sizeof(bool));
	c.jobs = xcalloc(opt->shelf->patches.nr + 1, sizeof(size_t));
	choose(&c, opt);
	for (i = 0; i < opt->shelf->patches.nr; i++)
		if (c.used[i])
			plan_job(&c, p, i);
	hand_spread(p);
	free(c.used);
	free(c.jobs);
}

void hand_check_prerequisites(const struct plan *p, struct job *job)
{
	const struct job *before;
	const size_t *on;

	vec_each(on, &job->hand->on) {
		before = &p->jobs.items[*on];
		if (before->error && !job->error)
			job_fail(job, "shelf", xasprintf("it stands on %s, which failed (%s): %s", before->hand->patch->name,
							 before->stage, before->error));
	}
}

void hand_spread(struct plan *p)
{
	struct job *job;

	/* What is stood on comes first: one pass sees all. */
	vec_each(job, &p->jobs)
		if (job->hand)
			hand_check_prerequisites(p, job);
}

bool hand_builds(const struct hand *hand, const struct arch *arch, const char *file)
{
	const struct shelf_file *f;

	if (!str_ends(file, ".c") || !strlist_has(&hand->archs, arch->name) || str_starts(file, "tools/") ||
	    str_starts(file, "scripts/") || str_starts(file, "Documentation/"))
		return false;
	if (str_starts(file, "arch/") && arch_of_path(file) != arch)
		return false;
	vec_each(f, &hand->patch->files)
		if (f->created && !strcmp(f->path, file))
			return false;		/* kbuild does not know it yet */
	return true;
}

void hand_free(struct hand *hand)
{
	struct inventory rest = { 0 };

	if (!hand)
		return;
	/* What was not handed over. */
	*vec_push(&rest.hand) = hand->record;
	inventory_free(&rest);
	checks_free(&hand->standin.conversion.checks);
	free(hand->standin.conversion.patch);
	vec_free(&hand->on);
	strlist_free(&hand->also);
	strlist_free(&hand->archs);
	strlist_free(&hand->surprises);
	strbuf_free(&hand->raw);
	free(hand->missing);
	free(hand);
}
