// SPDX-License-Identifier: GPL-2.0-only
/* The handlers of some files that they share, one after the other: each from rewrite to mail. */
#include "group.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "hand/hand.h"
#include "mail/mail.h"
#include "rewrite/regions.h"
#include "rewrite/rewrite.h"
#include "verify/verify.h"

/* A hook's definitions alone, for the message. */
static int read_hook(const struct overlay *o, const struct job_part *job, struct source *hook)
{
	struct strbuf text = { 0 }, part = { 0 };
	struct regions r = { 0 };
	struct source s;
	unsigned line;
	size_t i;
	int ret = overlay_read(o, job->h->file, &text);

	source_init(&s, xstrndup(text.s, text.len), text.len);
	regions_find(&s, job->new_name, &r, &line);
	for (i = 0; i < r.nr; i++) {
		const struct ctoken *first = &s.tokens.items[r.items[i].first],
				    *last = &s.tokens.items[r.items[i].last];

		strbuf_add(&part, s.text + first->off, last->off + last->len - first->off);
		strbuf_adds(&part, "\n");
	}
	strbuf_adds(&part, "");
	source_init(hook, xstrndup(part.s, part.len), part.len);
	vec_free(&r);
	source_free(&s);
	strbuf_free(&part);
	strbuf_free(&text);
	return ret;
}

/* Commit, mail, checkpatch; the commit is dropped again when the job fails here. */
static int mail_job(const struct verify *v, struct job *job, const struct author *who)
{
	struct strbuf mail = { 0 };
	struct job_part *part;
	char *message = NULL;
	int ret = 0;

	vec_each(part, &job->parts) {
		struct source hook = { 0 };

		ret = read_hook(v->overlay, part, &hook);
		if (!ret)
			mail_forms(job, part, &hook);
		source_free(&hook);
		if (ret)
			goto done;
	}
	message = mail_message(job);
	ret = overlay_commit(v->overlay, who, message, &mail);
	if (!ret)
		ret = verify_checkpatch(v, job, &mail);
	if (!ret && job->error) {
		ret = overlay_drop_commit(v->overlay);
	} else if (!ret) {
		job->mail_len = mail.len;
		job->mail = strbuf_detach(&mail);
	}
done:
	free(message);
	strbuf_free(&mail);
	return ret;
}

/* One handler, from rewrite to mail.  What fails leaves the overlay as it was. */
static int convert_job(struct convert *c, struct job *job, struct verify *v)
{
	VEC(struct rename) renames = { 0 };
	struct diagnostics *before = NULL;
	const struct job_part *part;
	struct rewrite rw = { .rules = &c->rules, .answers = c->answers, .scratch = v->scratch,
			      .timeout_s = c->opt->spatch_timeout_s ? c->opt->spatch_timeout_s : 120 };
	int ret;

	ret = rewrite_job(job, v->overlay, &rw);
	if (ret || job->error)
		return ret;
	vec_each(part, &job->parts)
		*vec_push(&renames) = (struct rename){ part->new_name, part->h->function };
	v->renames = renames.items;
	v->nr_renames = renames.nr;
	ret = verify_before(v, job, &before);
	if (!ret)
		ret = rewrite_put(job, v->overlay, true);
	if (!ret)
		ret = verify_residue(v, job);
	if (!ret && !job->error)
		ret = verify_compile(v, job, before);
	if (!ret && !job->error)
		ret = mail_job(v, job, &c->author);
	if (!ret && job->error)
		ret = rewrite_put(job, v->overlay, false);
	verify_free(before);
	v->renames = NULL;
	v->nr_renames = 0;
	vec_free(&renames);
	return ret;
}

/* What a group's jobs work on. */
struct site {
	struct convert *c;
	const struct job_group *g;
	struct overlay o;
	struct verify v;
	bool has_hand;			/* some are of the shelf: what they change is no longer the tree's text */
	bool lent;			/* texts are there that the shelf was made for */
	struct strlist changed;		/* files, so far */
};

/* Copy a file for a job, which fails where that cannot be.  0 or a negative errno that ends the run. */
static int add_file(struct site *s, struct job *job, const char *path)
{
	char *error = NULL;
	int ret = job->error ? 0 : overlay_add(&s->o, s->c->tree->root, path, &error);

	if (ret && ret != -EINTR && ret != -ENOSPC) {
		job_fail(job, "rewrite", error);
		return 0;
	}
	if (ret)
		log_error("%s", error);
	free(error);
	return ret;
}

static int add_files(struct site *s)
{
	struct job_file *f;
	struct job *job;
	size_t i, k;
	int ret = 0;

	for (k = 0; k < s->g->nr && !ret; k++) {
		job = s->g->items[k];
		s->has_hand |= job->hand != NULL;
		vec_each(f, &job->files)
			if (!ret && !f->is_new)
				ret = add_file(s, job, f->path);
		for (i = 0; job->hand && i < job->hand->also.nr && !ret; i++)
			ret = add_file(s, job, job->hand->also.items[i]);
	}
	return ret;
}

static int lend(struct site *s)
{
	const struct lender l = { .objects = s->c->objects, .base = s->c->opt->base };
	const struct shelf_patch **patches = xcalloc(s->g->nr + 1, sizeof(*patches));
	size_t k, nr = 0;
	int ret = overlay_init(&s->o);

	for (k = 0; k < s->g->nr; k++)
		if (s->g->items[k]->hand)
			patches[nr++] = s->g->items[k]->hand->patch;
	if (!ret && nr)
		ret = hand_lend(&s->o, &l, patches, nr, &s->lent);
	free(patches);
	return ret;
}

/* The text of all that has changed so far. */
static int remember(const struct site *s, struct job_texts *texts)
{
	struct job_text *t;
	size_t i;
	int ret = 0;

	for (i = 0; i < s->changed.nr && !ret; i++) {
		t = vec_push(texts);
		t->path = xstrdup(s->changed.items[i]);
		ret = overlay_read(&s->o, t->path, &t->text);
		if (ret)
			log_error("%s/%s: cannot be read: %s", s->o.dir, t->path, strerror(-ret));
	}
	return ret;
}

static int do_job(struct site *s, struct job *job)
{
	bool remembers = s->has_hand && job->parts.nr;
	struct job_file *f;
	int ret = 0;

	if (job->error)
		return 0;
	if (remembers)
		ret = remember(s, &job->before);
	if (!ret)
		ret = job->hand ? hand_job(s->c, job, &s->v, s->lent) : convert_job(s->c, job, &s->v);
	if (ret || job->error || !job->mail)
		return ret;
	vec_each(f, &job->files)
		strlist_add_once(&s->changed, f->path);
	return remembers ? remember(s, &job->after) : 0;
}

int convert_group(size_t i, void *ctx)
{
	struct convert *c = ctx;
	char *top = xasprintf("%s/%zu", c->work, i), *dir = path_join(top, "tree");
	struct site s = { .c = c, .g = &c->plan.groups[i] };
	size_t k;
	int ret = overlay_open(&s.o, dir);

	s.v = (struct verify){ .tree = c->tree, .flags = c->flags, .overlay = &s.o, .scratch = top,
			       .timeout_s = c->opt->compile_timeout_s ? c->opt->compile_timeout_s : 300 };
	if (!ret)
		ret = add_files(&s);
	if (!ret && s.has_hand)
		ret = lend(&s);
	if (!ret)
		ret = overlay_commit_base(&s.o);
	for (k = 0; k < s.g->nr && !ret; k++) {
		ret = do_job(&s, s.g->items[k]);
		log_progress("convert", atomic_fetch_add(&c->done, 1) + 1, c->plan.jobs.nr);
	}
	overlay_close(&s.o);
	strlist_free(&s.changed);
	file_remove_tree(top);
	free(dir);
	free(top);
	return ret;
}
