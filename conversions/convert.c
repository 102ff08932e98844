// SPDX-License-Identifier: GPL-2.0-only
#include "convert.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/run.h"
#include "mail/mail.h"
#include "mail/patches.h"
#include "module.h"
#include "overlay.h"
#include "plan.h"
#include "rewrite/regions.h"
#include "rewrite/rewrite.h"
#include "rewrite/rules.h"
#include "verify/verify.h"

struct convert {
	const struct tree *tree;
	struct flags_db *flags;
	const struct convert_options *opt;
	struct plan plan;
	struct rules rules;
	struct author author;
	char *work;			/* OUT/work */
	atomic_ulong done;
};

static void set(char **field, const char *value)
{
	free(*field);
	*field = value ? xstrdup(value) : NULL;
}

static void forget(struct handler *h)
{
	struct conversion *c = &h->conversion;

	checks_free(&c->checks);
	strlist_free(&c->files);
	strlist_free(&c->rules);
	strlist_free(&c->differences);
	set(&c->new_name, NULL);
	set(&c->patch, NULL);
	set(&c->stage, NULL);
	set(&c->message, NULL);
	set(&c->module, NULL);
	set(&c->prefix, NULL);
	set(&c->old_form, NULL);
	set(&c->new_form, NULL);
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
	struct strbuf mail = { 0 }, done = { 0 };
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
		mail_finish(job, &mail, &done);
		job->mail_len = done.len;
		job->mail = strbuf_detach(&done);
	}
done:
	free(message);
	strbuf_free(&mail);
	strbuf_free(&done);
	return ret;
}

/* One handler, from rewrite to mail.  What fails leaves the overlay as it was. */
static int convert_job(struct convert *c, struct job *job, struct verify *v)
{
	VEC(struct rename) renames = { 0 };
	struct diagnostics *before = NULL;
	const struct job_part *part;
	struct rewrite rw = { .rules = &c->rules, .scratch = v->scratch,
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

static int convert_group(size_t i, void *ctx)
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

/* Learn how the files are compiled, one call an architecture. */
static int load_flags(struct convert *c)
{
	const struct job_file *f;
	const struct job *job;
	struct strlist files;
	size_t i;
	int ret = 0;

	for (i = 0; c->flags && i < arch_nr && !ret; i++) {
		memset(&files, 0, sizeof(files));
		vec_each(job, &c->plan.jobs) {
			if (job->error || !job->h->arch || strcmp(job->h->arch, arch_table[i].name))
				continue;
			vec_each(f, &job->files)
				if (str_ends(f->path, ".c") &&
				    !flags_find(c->flags, &arch_table[i], f->path))
					strlist_add_once(&files, f->path);
		}
		strlist_sort(&files);
		if (files.nr)
			ret = flags_load(c->flags, &arch_table[i], &files);
		strlist_free(&files);
	}
	return ret;
}

/* "sparc64-linux-gnu-gcc" comes with gcc-sparc64-linux-gnu, clang-19 with clang-19. */
static char *package_of(const char *compiler)
{
	if (!str_ends(compiler, "-gcc"))
		return xstrdup(compiler);
	return xasprintf("gcc-%.*s", (int)(strlen(compiler) - strlen("-gcc")), compiler);
}

/* Without its compiler a patch is emitted as "not built": said once here, and in each patch. */
static void warn_compilers(const struct convert *c)
{
	const struct compile_command *cmd;
	struct strlist missing = { 0 };
	const struct job_file *f;
	const struct arch *arch;
	const struct job *job;
	char *package;
	size_t i;

	vec_each(job, &c->plan.jobs) {
		arch = job->h->arch ? arch_by_name(job->h->arch) : NULL;
		if (!arch || !c->flags || job->error)
			continue;
		vec_each(f, &job->files) {
			cmd = flags_find(c->flags, arch, f->path);
			if (cmd && cmd->argv.nr && !run_have(cmd->argv.items[0]))
				strlist_add_once(&missing, cmd->argv.items[0]);
		}
	}
	for (i = 0; i < missing.nr; i++) {
		package = package_of(missing.items[i]);
		log_warn("%s is not installed: patches that need it are not compiled; install %s",
			 missing.items[i], package);
		free(package);
	}
	strlist_free(&missing);
}

static void add_all(struct strlist *to, const struct strlist *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add(to, from->items[i]);
}

/* What was found of the patch is found of each of its handlers. */
static void share(const struct conversion *from, struct conversion *to)
{
	const struct check *k;

	add_all(&to->files, &from->files);
	add_all(&to->rules, &from->rules);
	add_all(&to->differences, &from->differences);
	vec_each(k, &from->checks)
		*vec_push(&to->checks) = (struct check){ xstrdup(k->name), xstrdup(k->status),
							 k->detail ? xstrdup(k->detail) : NULL };
	set(&to->patch, from->patch);
	set(&to->module, from->module);
	set(&to->prefix, from->prefix);
}

/* Jobs' results into the inventory. */
static void settle(struct convert *c)
{
	struct conversion *first, *v;
	struct job_part *part;
	struct job *job;

	vec_each(job, &c->plan.jobs) {
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

static int need_tools(void)
{
	int ret = 0;

	if (!run_have("spatch")) {
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

	ret = need_tools();
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
	ret = rules_load(&c->rules, c->tree, c->opt->rules_dir, cocci);
	if (!ret)
		ret = load_flags(c);
	if (ret)
		goto done;
	warn_compilers(c);
	mail_author(c->tree, &c->author);
	ret = mail_subjects(c->tree, &c->plan, c->opt->jobs);
	if (!ret)
		ret = run_parallel(c->plan.nr_groups, c->opt->jobs, convert_group, c);
	log_progress_end();
	if (!ret)
		ret = patches_apply(c->tree, &c->plan, c->work);
	if (!ret)
		ret = patches_write(&c->plan, c->opt->out);
done:
	free(cocci);
	return ret;
}

int convert_handlers(const struct tree *t, struct flags_db *flags, struct inventory *inv,
		     const struct convert_options *opt,
		     bool (*selected)(const struct handler *h, void *ctx), void *ctx)
{
	struct convert c = { .tree = t, .flags = flags, .opt = opt };
	struct handler *h;
	int ret;

	vec_each(h, &inv->handlers)
		first_outcome(h);
	if (!t->api[API_MMAP_PREPARE]) {
		log_error("%s: Linux %s has no f_op->mmap_prepare: it came with " API_FIRST_RELEASE
			  "; nothing can be converted", t->root, t->version);
		return -EOPNOTSUPP;
	}
	c.work = path_join(opt->out, "work");
	plan_make(&c.plan, inv, selected, ctx);
	ret = patches_clear(opt->out);
	if (!ret)
		ret = convert_all(&c);
	settle(&c);
	file_remove_tree(c.work);
	mail_author_free(&c.author);
	rules_free(&c.rules);
	plan_free(&c.plan);
	free(c.work);
	return ret;
}
