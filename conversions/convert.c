// SPDX-License-Identifier: GPL-2.0-only
#include "convert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "compilers.h"
#include "group.h"
#include "hand/hand.h"
#include "mail/mail.h"
#include "mail/patches.h"
#include "module.h"
#include "proof/proof.h"
#include "tree_git.h"

static void set(char **field, const char *value)
{
	free(*field);
	*field = value ? xstrdup(value) : NULL;
}

/* What rewriting, checks and comparison have put in. */
static void forget_work(struct conversion *c)
{
	checks_free(&c->checks);
	strlist_free(&c->files);
	strlist_free(&c->rules);
	strlist_free(&c->differences);
	proof_record_free(&c->proof);
	set(&c->old_form, NULL);
	set(&c->new_form, NULL);
}

static void forget(struct handler *h)
{
	struct conversion *c = &h->conversion;

	forget_work(c);
	set(&c->new_name, NULL);
	set(&c->patch, NULL);
	set(&c->stage, NULL);
	set(&c->message, NULL);
	set(&c->module, NULL);
	set(&c->prefix, NULL);
	strlist_free(&c->prerequisites);
	posting_free(&c->posting);
}

/*
 * The outcome that a handler has as long as nobody converts it.  One of tier 2 waits for the hook of
 * its field, even if nothing else stands in the way.
 */
static void first_outcome(struct handler *h)
{
	forget(h);
	if (h->tier == 2 && h->verdict && !strcmp(h->verdict, "auto"))
		set(&h->outcome, "core");
	else
		set(&h->outcome, !h->verdict || !strcmp(h->verdict, "unknown") ? "unparsed" : h->verdict);
}

static void add_all(struct strlist *to, const struct strlist *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add(to, from->items[i]);
}

/* What was found of the patch is found of each of its handlers, which have a contract each. */
static void share(const struct conversion *from, struct conversion *to)
{
	const struct check *k;

	add_all(&to->files, &from->files);
	add_all(&to->rules, &from->rules);
	add_all(&to->differences, &from->differences);
	vec_each(k, &from->checks)
		if (strcmp(k->name, "contract"))
			*vec_push(&to->checks) = (struct check){ xstrdup(k->name), xstrdup(k->status),
								 k->detail ? xstrdup(k->detail) : NULL };
	set(&to->patch, from->patch);
	set(&to->module, from->module);
	set(&to->prefix, from->prefix);
}

/* Jobs' results into the inventory. */
static void settle(struct convert *c, struct inventory *inv)
{
	struct conversion *first, *v;
	struct job_part *part;
	struct job *job;

	hand_hand_over(&c->plan, inv);
	vec_each(job, &c->plan.jobs) {
		if (job->hand)
			continue;
		first = &job->h->conversion;
		if (!job->error)
			first->module = job_module(c->flags, job);
		if (!job->error && !first->patch)
			job_fail(job, "rewrite", xstrdup("not reached: the run ended before"));
		if (job->error)
			set(&first->patch, NULL);
		vec_each(part, &job->parts) {
			v = &part->h->conversion;
			if (v != first)
				share(first, v);
			if (part->new_name)
				set(&v->new_name, part->new_name);
			set(&part->h->outcome, job->error ? "failed" : "converted");
			set(&v->stage, job->stage);
			set(&v->message, job->error);
		}
	}
}

static void redo(struct job *job)
{
	struct job_part *part;
	struct job_file *f;

	vec_each(part, &job->parts)
		forget_work(&part->h->conversion);
	forget_work(&job->h->conversion);
	if (job->hand)
		strlist_free(&job->hand->surprises);
	job_texts_free(&job->before);
	job_texts_free(&job->after);
	set(&job->mail, NULL);
	vec_each(f, &job->files) {
		strbuf_free(&f->old);
		strbuf_free(&f->new);
	}
}

/*
 * Patches that stand on one whose proof failed are made again without it.  True: some groups are to be
 * converted again; again[i] says which.
 */
static bool drop_unproved(struct convert *c, bool *again)
{
	struct job_group *g;
	bool any = false, failed, others;
	size_t k;

	for (g = c->plan.groups; g < c->plan.groups + c->plan.nr_groups; g++) {
		failed = others = false;
		for (k = 0; k < g->nr; k++) {
			failed |= g->items[k]->error && g->items[k]->mail;
			others |= !g->items[k]->error;
		}
		again[g - c->plan.groups] = failed && others;
		any |= failed && others;
		for (k = 0; k < g->nr && failed; k++) {
			if (g->items[k]->error)
				set(&g->items[k]->mail, NULL);
			else
				redo(g->items[k]);
		}
	}
	return any;
}

struct again { struct convert *c; bool *groups; };

static int convert_again(size_t i, void *ctx)
{
	struct again *a = ctx;

	return a->groups[i] ? convert_group(i, a->c) : 0;
}

/* Compare contracts until what is left has a verdict that lets it pass. */
static int prove_all(struct convert *c)
{
	struct again a = { c, xcalloc(c->plan.nr_groups + 1, sizeof(bool)) };
	int ret = proof_jobs(&c->plan, c->opt, c->work);

	while (!ret && drop_unproved(c, a.groups)) {
		atomic_store(&c->done, 0);
		ret = run_parallel(c->plan.nr_groups, c->opt->jobs, convert_again, &a);
		log_progress_end();
		if (!ret)
			ret = proof_jobs(&c->plan, c->opt, c->work);
	}
	free(a.groups);
	return ret;
}

/* What was found out goes below the "---". */
static void finish_mails(struct convert *c)
{
	struct strbuf done;
	struct job *job;

	vec_each(job, &c->plan.jobs) {
		if (job->error || !job->mail)
			continue;
		done = (struct strbuf){ 0 };
		if (job->hand)
			hand_finish(job, &done);
		else
			mail_finish(job, &done);
		free(job->mail);
		job->mail_len = done.len;
		job->mail = strbuf_detach(&done);
	}
}

static int need_tools(const struct convert *c)
{
	int ret = 0;

	if (!c->opt->shelf_only && !run_have("spatch")) {
		log_error("spatch is not installed: nothing can be rewritten; install coccinelle");
		ret = -ENOENT;
	}
	if (!run_have("git")) {
		log_error("git is not installed: no patch can be made; install git");
		ret = -ENOENT;
	}
	return ret;
}

static int convert_all(struct convert *c)
{
	char *cocci = path_join(c->work, "rules.cocci");
	struct job *job;
	int ret;

	ret = need_tools(c);
	if (ret) {
		vec_each(job, &c->plan.jobs)
			job_fail(job, "rewrite", xstrdup("spatch or git is not installed"));
		goto done;
	}
	/* What a killed run left behind. */
	file_remove_tree(c->work);
	ret = file_mkdirs(c->work);
	if (ret) {
		log_error("%s: cannot be made: %s; choose another -o", c->work, strerror(-ret));
		goto done;
	}
	ret = c->opt->shelf_only ? 0 : rules_load(&c->rules, c->tree, c->opt->rules_dir, cocci);
	if (!ret)
		ret = compilers_load(c->flags, &c->plan);
	if (ret)
		goto done;
	if (!c->opt->shelf_only)
		c->answers = answers_open(c->opt->cache, &c->rules);
	compilers_warn(c->flags, &c->plan);
	if (c->opt->refreshed)
		c->author = (struct author){ xstrdup("mmapconv"), xstrdup(MAIL_NOBODY), NULL };
	else
		mail_author(c->tree, &c->author);
	c->objects = tree_git_objects(c->tree);
	ret = mail_subjects(c->tree, &c->plan, c->opt->jobs);
	if (!ret)
		ret = run_parallel(c->plan.nr_groups, c->opt->jobs, convert_group, c);
	log_progress_end();
	if (!ret)
		ret = prove_all(c);
	if (!ret)
		finish_mails(c);
	if (!ret)
		ret = patches_apply(c->tree, &c->plan, c->work);
	if (!ret)
		ret = patches_write(&c->plan, c->opt->out);
done:
	free(cocci);
	return ret;
}

static bool none(const struct handler *h, void *ctx)
{
	(void)h;
	(void)ctx;
	return false;
}

/* Those that the shelf may keep, as it keeps them. */
static void show_refreshed(const struct convert *c)
{
	const struct job *job;

	vec_each(job, &c->plan.jobs)
		if (c->opt->refreshed && job->hand && !job->error && !job->hand->there && job->mail)
			c->opt->refreshed(job->hand->patch, &job->hand->raw, &job->hand->surprises, c->opt->refreshed_ctx);
}

int convert_handlers(const struct tree *t, struct flags_db *flags, struct inventory *inv,
		     const struct convert_options *opt,
		     bool (*selected)(const struct handler *h, void *ctx), void *ctx)
{
	struct convert c = { .tree = t, .flags = flags, .opt = opt };
	struct handler *h;
	int ret;

	hand_forget(inv);
	hand_judge(t, inv, opt);
	vec_each(h, &inv->handlers)
		first_outcome(h);
	if (!t->api[API_MMAP_PREPARE]) {
		log_error("%s: Linux %s has no f_op->mmap_prepare: it came with " API_FIRST_RELEASE
			  "; nothing can be converted", t->root, t->version);
		return -EOPNOTSUPP;
	}
	c.work = path_join(opt->out, "work");
	hand_plan(&c.plan, t, inv, opt);
	plan_make(&c.plan, inv, opt->shelf_only ? none : selected, ctx);
	hand_contradict(&c.plan, inv);
	ret = patches_clear(opt->out);
	if (!ret)
		ret = convert_all(&c);
	if (!ret)
		show_refreshed(&c);
	settle(&c, inv);
	file_remove_tree(c.work);
	mail_author_free(&c.author);
	free(c.objects);
	answers_close(c.answers);
	rules_free(&c.rules);
	plan_free(&c.plan);
	free(c.work);
	return ret;
}
