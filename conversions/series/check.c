// SPDX-License-Identifier: GPL-2.0-only
/*
 * --check: each patch in its place.  The mails are taken with git am, one after the other, and after each
 * what it touches is compiled and given to sparse on the architectures of its handlers; of a patch that
 * changes a header every file of the posting is.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "series/internal.h"
#include "verify/verify.h"

/* Where a driver's files are compiled: its handlers' architectures; those of all where it has none. */
static void archs_of(const struct series *s, const struct driver *d, struct strlist *archs)
{
	const struct driver *other;
	struct handler **h;
	size_t i;

	vec_each(h, &d->handlers)
		if ((*h)->arch)
			strlist_add_once(archs, (*h)->arch);
	for (i = 0; d->hand && i < d->hand->archs.nr; i++)
		strlist_add_once(archs, d->hand->archs.items[i]);
	if (!d->handlers.nr && !d->hand)
		vec_each(other, &s->drivers)
			vec_each(h, &other->handlers)
				if ((*h)->arch)
					strlist_add_once(archs, (*h)->arch);
	strlist_sort(archs);
}

/* kbuild does not build what the kernel's own tools are made of. */
static bool is_built(const char *file)
{
	return str_ends(file, ".c") && !str_starts(file, "tools/") && !str_starts(file, "scripts/");
}

static bool has_header(const struct driver *d)
{
	size_t i;

	for (i = 0; i < d->files.nr; i++)
		if (str_ends(d->files.items[i], ".h"))
			return true;
	return false;
}

/* The commands of all files of all postings, one call an architecture. */
int check_load_flags(struct series *s)
{
	struct driver *d;
	size_t i, k;
	int ret = 0;

	for (i = 0; s->flags && i < arch_nr && !ret; i++) {
		struct strlist files = { 0 };

		vec_each(d, &s->drivers) {
			struct strlist archs = { 0 };

			if (d->selected && !d->left_out)
				archs_of(s, d, &archs);
			for (k = 0; strlist_has(&archs, arch_table[i].name) && k < d->files.nr; k++)
				if (is_built(d->files.items[k]) &&
				    !flags_find(s->flags, &arch_table[i], d->files.items[k]))
					strlist_add_once(&files, d->files.items[k]);
			strlist_free(&archs);
		}
		strlist_sort(&files);
		if (files.nr)
			ret = flags_load(s->flags, &arch_table[i], &files);
		strlist_free(&files);
	}
	return ret;
}

/* What is compiled after a patch, on one architecture. */
struct place {
	struct handler h; /* a stand-in: the checks want a handler's names and architecture */
	struct job job;
	struct diagnostics *before;
	struct sparse_output *heard;
};
VEC_DECLARE(places, struct place);

static void add_files(const struct series *s, struct place *p, const struct driver *d)
{
	struct strlist archs = { 0 };
	size_t i;

	archs_of(s, d, &archs);
	for (i = 0; strlist_has(&archs, p->h.arch) && i < d->files.nr; i++)
		if (is_built(d->files.items[i]))
			((struct job_file *)vec_push(&p->job.files))->path = d->files.items[i];
	strlist_free(&archs);
}

static const struct handler *handler_on(const struct driver *d, const char *arch)
{
	struct handler **h;

	vec_each(h, &d->handlers)
		if ((*h)->arch && !strcmp((*h)->arch, arch))
			return *h;
	return NULL;
}

/* Each hook of a hand-finished patch is in its handler's file, not in all that it touches. */
static void add_hooks(struct place *p, const struct driver *d)
{
	struct handler **h;

	p->job.new_name = NULL;
	vec_each(h, &d->handlers)
		if ((*h)->arch && !strcmp((*h)->arch, p->h.arch) && (*h)->conversion.new_name)
			*vec_push(&p->job.parts) = (struct job_part){ .h = *h, .new_name = (*h)->conversion.new_name };
}

static struct place *add_place(struct places *places, const char *arch, const struct handler *h)
{
	struct place *p = vec_push(places);

	p->h.arch = xstrdup(arch);
	p->h.function = h ? h->function : NULL;
	p->h.file = h ? h->file : NULL;
	p->job.new_name = h ? h->conversion.new_name : NULL;
	return p;
}

/* The driver's own files; of one that changes a header those of the others, where no hook is looked for. */
static void make_places(const struct series *s, const struct batch *b, const struct driver *d,
			struct places *places)
{
	struct strlist archs = { 0 };
	struct place *p;
	size_t i;

	archs_of(s, d, &archs);
	for (i = 0; i < archs.nr; i++) {
		p = add_place(places, archs.items[i], handler_on(d, archs.items[i]));
		if (d->hand)
			add_hooks(p, d);
		add_files(s, p, d);
	}
	if (has_header(d)) {
		posting_each(other, b)
			archs_of(s, other, &archs);
		for (i = 0; i < archs.nr; i++) {
			p = add_place(places, archs.items[i], NULL);
			posting_each(other, b)
				if (other != d)
					add_files(s, p, other);
		}
	}
	for (i = 0; i < places->nr; i++) /* no push moves them any more */
		places->items[i].job.h = &places->items[i].h;
	strlist_free(&archs);
}

static void places_free(struct places *places)
{
	struct place *p;

	vec_each(p, places) {
		verify_free(p->before);
		verify_sparse_free(p->heard);
		checks_free(&p->h.conversion.checks);
		vec_free(&p->job.files);
		vec_free(&p->job.parts);
		free(p->job.stage);
		free(p->job.error);
		free(p->h.arch);
	}
	vec_free(places);
}

static void add_check(struct driver *d, const char *name, const char *status, char *detail)
{
	*vec_push(&d->checks) = (struct check){ xstrdup(name), xstrdup(status), detail };
}

static void take_checks(struct driver *d, struct handler *h)
{
	struct check *c;

	vec_each(c, &h->conversion.checks)
		*vec_push(&d->checks) = *c;
	vec_free(&h->conversion.checks);
}

static int before(const struct verify *v, struct places *places)
{
	struct place *p;
	int ret = 0;

	vec_each(p, places) {
		if (!ret)
			ret = verify_before(v, &p->job, &p->before);
		if (!ret)
			ret = verify_sparse_before(v, &p->job, &p->heard);
	}
	return ret;
}

static int after(const struct verify *v, struct driver *d, struct places *places)
{
	struct place *p;
	int ret = 0;

	vec_each(p, places) {
		if (!p->job.files.nr)
			continue;
		if (!ret)
			ret = verify_compile(v, &p->job, p->before);
		if (!ret)
			ret = verify_sparse(v, &p->job, p->heard);
		take_checks(d, &p->h);
	}
	return ret;
}

/* As handed to git am: the tree that comes out is the branch's. */
static int take(struct repo *r, struct driver *d)
{
	char *error = NULL;
	int ret = overlay_am(&r->o, d->mail.s, d->mail.len, &error);

	if (!ret)
		ret = repo_try(r, GIT("diff", "--quiet", d->commit, "HEAD"), NULL, 0, NULL, &error);
	if (ret == -EINVAL) {
		if (!error || !*error) {
			free(error);
			error = xstrdup("what comes out is not what the branch has");
		}
		add_check(d, "git am", "failed", error);
		return 1;
	}
	free(error);
	if (!ret)
		add_check(d, "git am", "ok", xstrdup("takes it upon the patches before it"));
	return ret;
}

static int checkpatch(const struct verify *v, struct driver *d)
{
	struct handler h = { .file = d->files.items[0] };
	struct job job = { .h = &h, .is_strict = d->hand, .known = d->hand ? d->hand->known : NULL };
	size_t i;
	int ret;

	for (i = 0; i < d->files.nr; i++)
		((struct job_file *)vec_push(&job.files))->path = d->files.items[i];
	ret = v->no_scripts ? 0 : verify_checkpatch(v, &job, &d->mail);
	if (v->no_scripts)
		add_check(d, "checkpatch", "not-run",
			  xstrdup("with --no-kbuild nothing of the tree is run"));
	take_checks(d, &h);
	vec_free(&job.files);
	free(job.stage);
	free(job.error);
	return ret;
}

static int check_driver(struct series *s, struct repo *r, const struct batch *b, struct driver *d,
			const char *scratch)
{
	struct places places = { 0 };
	VEC(struct rename) renames = { 0 };
	struct verify v = { .tree = s->tree,
			    .flags = s->flags,
			    .overlay = &r->o,
			    .scratch = scratch,
			    .timeout_s = s->opt->compile_timeout_s ? s->opt->compile_timeout_s
								   : 300,
			    .no_scripts = s->opt->no_scripts };
	struct handler **h;
	int ret;

	vec_each(h, &d->handlers)
		if ((*h)->conversion.new_name)
			*vec_push(&renames) =
				(struct rename){ (*h)->conversion.new_name, (*h)->function };
	v.renames = renames.items;
	v.nr_renames = renames.nr;
	make_places(s, b, d, &places);
	if (!places.nr)
		add_check(d, "compile", "not-run",
			  xstrdup("not built: parsed for no architecture"));
	ret = before(&v, &places);
	if (!ret)
		ret = take(r, d);
	if (!ret)
		ret = after(&v, d, &places);
	if (!ret)
		ret = checkpatch(&v, d);
	places_free(&places);
	vec_free(&renames);
	return ret;
}

int check_posting(struct series *s, struct repo *r, struct batch *b, const char *start)
{
	char *scratch = xasprintf("%s/%s/check", s->work, b->name);
	const char *stopped = NULL;
	int ret = file_mkdirs(scratch);

	if (ret)
		log_error("%s: cannot be made: %s; make room or choose another -o", scratch,
			  strerror(-ret));
	if (!ret)
		ret = repo_git(r, GIT("checkout", "-q", "--detach", start), NULL, NULL);
	posting_each(d, b) {
		if (ret)
			break;
		if (stopped) {
			add_check(d, "git am", "not-run",
				  xasprintf("a patch before it did not apply: %s", stopped));
			continue;
		}
		ret = check_driver(s, r, b, d, scratch);
		if (ret == 1) {
			stopped = d->subject;
			ret = 0;
		}
	}
	if (!ret)
		ret = repo_git(r, GIT("checkout", "-q", b->branch), NULL, NULL);
	free(scratch);
	return ret;
}
