// SPDX-License-Identifier: GPL-2.0-only
/* The handlers of some files that they share, one after the other: each from rewrite to mail. */
#include "group.h"

#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
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

int convert_group(size_t i, void *ctx)
{
	struct convert *c = ctx;
	const struct job_group *g = &c->plan.groups[i];
	char *top = xasprintf("%s/%zu", c->work, i), *dir = path_join(top, "tree");
	struct overlay o;
	struct verify v = { .tree = c->tree, .flags = c->flags, .overlay = &o, .scratch = top,
			    .timeout_s = c->opt->compile_timeout_s ? c->opt->compile_timeout_s : 300 };
	struct job_file *f;
	size_t k;
	int ret = overlay_open(&o, dir);

	for (k = 0; k < g->nr && !ret; k++)
		vec_each(f, &g->items[k]->files) {
			char *error = NULL;

			ret = g->items[k]->error ? 0 : overlay_add(&o, c->tree->root, f->path, &error);
			if (ret && ret != -EINTR && ret != -ENOSPC) {
				job_fail(g->items[k], "rewrite", error);
				error = NULL;
				ret = 0;
			} else if (ret) {
				log_error("%s", error);
			}
			free(error);
			if (ret)
				break;
		}
	if (!ret)
		ret = overlay_commit_base(&o);
	for (k = 0; k < g->nr && !ret; k++) {
		if (!g->items[k]->error)
			ret = convert_job(c, g->items[k], &v);
		log_progress("convert", atomic_fetch_add(&c->done, 1) + 1, c->plan.jobs.nr);
	}
	overlay_close(&o);
	file_remove_tree(top);
	free(dir);
	free(top);
	return ret;
}
