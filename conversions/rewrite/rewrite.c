// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/rewrite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
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

/* spatch's output on one file, or a copy of its text.  Fails the job, or returns a negative errno. */
static int run_spatch(struct job *job, const struct job_file *f, const struct overlay *o,
		      const struct rules *rules, const char *scratch, unsigned timeout_s,
		      struct source *after)
{
	char *in = path_join(o->dir, f->path), *out = path_join(scratch, "out.c"), *message = NULL;
	struct strbuf b = { 0 };
	int ret = 0, status;

	unlink(out);
	status = rules_run(rules, job->h->function, job->new_name, in, out, timeout_s, &message);
	if (status < 0) {
		ret = status;
	} else if (status == SPATCH_CHANGED) {
		if (file_read(out, 64u << 20, &b))
			job_fail(job, "rewrite", xasprintf("%s: spatch's output cannot be read", f->path));
	} else if (status == SPATCH_NOTHING) {
		strbuf_add(&b, f->old.s, f->old.len);
	} else {
		message = without(message, o->dir);
		drop_line(message);
		job_fail(job, "rewrite", xasprintf("%s:%u: %s%s", f->path,
						   !strcmp(f->path, job->h->file) ? job->h->line : 1,
						   status == SPATCH_REFUSED ? "refused: " : "", message));
	}
	strbuf_adds(&b, "");
	source_init(after, xstrndup(b.s, b.len), b.len);
	unlink(out);
	free(message);
	strbuf_free(&b);
	free(in);
	free(out);
	return ret;
}

static void merge_and_tidy(struct job *job, struct job_file *f, const struct source *before,
			   const struct source *after)
{
	struct merge m = {
		.file = f->path, .old_name = job->h->function, .new_name = job->new_name,
		.definitions = f->definitions, .null_defines = f->null_defines, .fields = f->fields,
		.declarations = f->declarations, .differences = &job->h->conversion.differences,
	};
	struct tidy t = { .old_name = m.old_name, .new_name = m.new_name, .before = before,
			  .is_header = str_ends(f->path, ".h") };
	char *text;
	size_t len;

	if (merge_file(&m, before, after)) {
		job_fail(job, "rewrite", m.error);
		return;
	}
	text = tidy_text(&t, m.text, m.len, &len);
	strbuf_reset(&f->new);
	strbuf_add(&f->new, text, len);
	free(text);
	free(m.text);
}

static int rewrite_file(struct job *job, struct job_file *f, const struct overlay *o,
			const struct rules *rules, const char *scratch, unsigned timeout_s)
{
	struct source before = { 0 }, after = { 0 };
	int ret = overlay_read(o, f->path, &f->old);

	if (ret) {
		log_error("%s/%s: cannot be read: %s", o->dir, f->path, strerror(-ret));
		return ret;
	}
	source_init(&before, xstrndup(f->old.s, f->old.len), f->old.len);
	if (source_has(&before, job->new_name))
		job_fail(job, "rewrite", xasprintf("%s: the name %s is taken", f->path, job->new_name));
	else
		ret = run_spatch(job, f, o, rules, scratch, timeout_s, &after);
	if (!ret && !job->error)
		merge_and_tidy(job, f, &before, &after);
	source_free(&before);
	source_free(&after);
	return ret;
}

int rewrite_job(struct job *job, const struct overlay *o, const struct rules *rules,
		const char *scratch, unsigned timeout_s)
{
	struct conversion *c = &job->h->conversion;
	struct job_file *f;
	size_t i;
	int ret = 0;

	vec_each(f, &job->files)
		if (!ret && !job->error)
			ret = rewrite_file(job, f, o, rules, scratch, timeout_s);
	if (ret || job->error)
		return ret;
	vec_each(f, &job->files)
		strlist_add(&c->files, f->path);
	for (i = 0; i < rules->used.nr; i++)
		strlist_add(&c->rules, rules->used.items[i]);
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
