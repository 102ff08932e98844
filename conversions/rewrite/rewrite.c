// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/rewrite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "rewrite/error_hook.h"
#include "rewrite/mapped.h"
#include "rewrite/merge.h"
#include "tidy/tidy.h"

/* The paths of this machine say nothing to a reader. */
static char *without(char *text, const char *dir)
{
	struct strbuf b = { 0 };
	const char *p = text, *hit;
	size_t len = strlen(dir);

	for (; (hit = strstr(p, dir)); p = hit + len + (hit[len] == '/'))
		strbuf_add(&b, p, (size_t)(hit - p));
	strbuf_adds(&b, p);
	free(text);
	return strbuf_detach(&b);
}

/* What spatch says of line numbers counts in a piece that it has already rewritten. */
static void drop_line(char *message)
{
	char *line = strstr(message, " (line ");

	if (line)
		*line = '\0';
}

/* One function of one file, rewritten by itself: the handler, or a helper that gets its vma. */
struct pass {
	const char *function, *new_name;	/* the same for a helper */
	bool is_helper;
};

/* spatch's output on a text, or a copy of it.  Fails the job, or returns a negative errno. */
static int run_spatch(struct job *job, const struct job_file *f, const struct pass *p, const struct source *before,
		      const struct rewrite *rw, struct source *after)
{
	const char *dot = strrchr(f->path, '.');
	char *name = xasprintf("in%s", dot ? dot : ""), *in = path_join(rw->scratch, name);
	char *out = path_join(rw->scratch, "out.c"), *message = NULL;
	struct rule_run run = { .function = p->function, .new_name = p->new_name, .is_helper = p->is_helper,
				.companions = job->companions, .open = job->open, .in = in, .out = out,
				.timeout_s = rw->timeout_s };
	struct strbuf b = { 0 };
	int ret, status;

	unlink(out);
	ret = file_write_atomic(in, before->text, before->len);
	if (ret) {
		log_error("%s: cannot be written: %s; make room, then run again", in, strerror(-ret));
		goto done;
	}
	status = rules_run(rw->rules, &run, &message);
	if (status < 0) {
		ret = status;
	} else if (status == SPATCH_CHANGED) {
		if (file_read(out, 64u << 20, &b))
			job_fail(job, "rewrite", xasprintf("%s: spatch's output cannot be read", f->path));
	} else if (status == SPATCH_NOTHING) {
		strbuf_add(&b, before->text, before->len);
	} else {
		message = without(message, rw->scratch);
		drop_line(message);
		job_fail(job, "rewrite", xasprintf("%s:%u: %s%s", f->path,
						   !strcmp(f->path, job->h->file) ? job->h->line : 1,
						   status == SPATCH_REFUSED ? "refused: " : "", message));
	}
	strbuf_adds(&b, "");
	source_init(after, xstrndup(b.s, b.len), b.len);
	unlink(out);
	unlink(in);
done:
	free(message);
	strbuf_free(&b);
	free(name);
	free(in);
	free(out);
	return ret;
}

/* What was asked and what changed, compared; the tidied result becomes *text. */
static void merge_and_tidy(struct job *job, const struct job_file *f, const struct pass *p,
			   const struct source *before, const struct source *after, struct source *text)
{
	struct merge m = {
		.file = f->path, .old_name = p->function, .new_name = p->new_name, .is_helper = p->is_helper,
		.definitions = p->is_helper ? 1 : f->definitions, .null_defines = p->is_helper ? 0 : f->null_defines,
		.fields = p->is_helper ? 0 : f->fields, .declarations = p->is_helper ? 0 : f->declarations,
		.differences = &job->h->conversion.differences,
	};
	struct tidy t = { .old_name = m.old_name, .new_name = m.new_name, .before = before,
			  .is_header = str_ends(f->path, ".h") };
	size_t len;
	char *tidied;

	if (merge_file(&m, before, after)) {
		job_fail(job, "rewrite", m.error);
		return;
	}
	tidied = tidy_text(&t, m.text, m.len, &len);
	source_init(text, tidied, len);
	free(m.text);
}

/* R12, before 7.2: the functions that keep an errno of the handler's own, ahead of it. */
static void write_error_hooks(struct job *job, const struct job_file *f, const struct pass *p, struct source *text)
{
	struct error_hook h = { .file = f->path, .function = p->function, .new_name = p->new_name,
				.differences = &job->h->conversion.differences };
	char *written, *error;
	size_t len;

	if (error_hook_write(&h, text, &written, &len, &error)) {
		job_fail(job, "rewrite", error);
	} else if (written) {
		source_free(text);
		source_init(text, written, len);
	}
}

/* *now, rewritten for one function. */
static int run_pass(struct job *job, const struct job_file *f, const struct pass *p, const struct rewrite *rw,
		    struct source *now)
{
	struct source after = { 0 }, text = { 0 };
	int ret = run_spatch(job, f, p, now, rw, &after);

	if (!ret && !job->error)
		merge_and_tidy(job, f, p, now, &after, &text);
	if (!ret && !job->error)
		write_error_hooks(job, f, p, &text);
	if (!ret && !job->error) {
		source_free(now);
		*now = text;
	} else {
		source_free(&text);
	}
	source_free(&after);
	return ret;
}

/* R5: the function for vm_ops->mapped, ahead of what calls open by hand no more. */
static void write_mapped(struct job *job, const struct job_file *f, struct source *now)
{
	struct mapped m = { .file = f->path, .open = job->open, .table = job->h->vm_ops, .name = job->mapped };
	char *text, *error;
	size_t len;

	if (mapped_write(&m, now, &text, &len, &error)) {
		job_fail(job, "rewrite", error);
		return;
	}
	source_free(now);
	source_init(now, text, len);
	strlist_addf(&job->h->conversion.differences,
		     "R5 %s() is not called by hand any more: %s() does its work, as vm_ops->mapped, once the "
		     "mapping stands", job->open, job->mapped);
}

static int rewrite_file(struct job *job, struct job_file *f, const struct rewrite *rw, const struct overlay *o)
{
	struct pass hook = { .function = job->h->function, .new_name = job->new_name };
	bool own = !strcmp(f->path, job->h->file);
	const struct companion *k;
	struct source now = { 0 };
	int ret = overlay_read(o, f->path, &f->old);

	if (ret) {
		log_error("%s/%s: cannot be read: %s", o->dir, f->path, strerror(-ret));
		return ret;
	}
	source_init(&now, xstrndup(f->old.s, f->old.len), f->old.len);
	if (source_has(&now, job->new_name))
		job_fail(job, "rewrite", xasprintf("%s: the name %s is taken", f->path, job->new_name));
	if (own && job->open && !job->error)
		write_mapped(job, f, &now);
	vec_each(k, &job->h->companions) {
		struct pass helper = { .function = k->function, .new_name = k->function, .is_helper = true };

		if (own && !ret && !job->error && !strcmp(k->role, "helper"))
			ret = run_pass(job, f, &helper, rw, &now);
	}
	if (!ret && !job->error)
		ret = run_pass(job, f, &hook, rw, &now);
	if (!ret && !job->error) {
		strbuf_reset(&f->new);
		strbuf_add(&f->new, now.text, now.len);
	}
	source_free(&now);
	return ret;
}

int rewrite_job(struct job *job, const struct overlay *o, const struct rewrite *rw)
{
	struct conversion *c = &job->h->conversion;
	struct job_file *f;
	size_t i;
	int ret = 0;

	vec_each(f, &job->files)
		if (!ret && !job->error)
			ret = rewrite_file(job, f, rw, o);
	if (ret || job->error)
		return ret;
	vec_each(f, &job->files)
		strlist_add(&c->files, f->path);
	for (i = 0; i < rw->rules->used.nr; i++)
		strlist_add(&c->rules, rw->rules->used.items[i]);
	return 0;
}

int rewrite_put(const struct job *job, const struct overlay *o, bool new_text)
{
	const struct job_file *f;
	const struct strbuf *b;
	int ret = 0;

	vec_each(f, &job->files) {
		b = new_text ? &f->new : &f->old;
		if (ret)
			break;
		ret = overlay_write(o, f->path, b->s ? b->s : "", b->len);
		if (ret)
			log_error("%s/%s: cannot be written: %s; make room, then run again", o->dir,
				  f->path, strerror(-ret));
	}
	return ret;
}
