// SPDX-License-Identifier: GPL-2.0-only
#include "rewrite/pass.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "rewrite/error_hook.h"
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

/* "a,b" */
static char *helper_names(const struct job *job)
{
	struct strbuf b = { 0 };
	const struct companion *k;

	strbuf_adds(&b, "");
	vec_each(k, &job->helpers)
		strbuf_addf(&b, "%s%s", b.len ? "," : "", k->function);
	return strbuf_detach(&b);
}

/* "a:a_prepare,b:b_prepare": who moves with a part. */
static char *peer_names(const struct job *job, const char *function)
{
	const struct job_part *part;
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	vec_each(part, &job->parts)
		if (strcmp(part->h->function, function))
			strbuf_addf(&b, "%s%s:%s", b.len ? "," : "", part->h->function, part->new_name);
	return strbuf_detach(&b);
}

/* What spatch says to a text.  0, or a negative errno. */
static int ask_spatch(const struct source *before, const struct rule_run *run, const struct rewrite *rw,
		      struct answer *answer)
{
	char *message = NULL;
	int ret = file_write_atomic(run->in, before->text, before->len), status;

	if (ret) {
		log_error("%s: cannot be written: %s; make room, then run again", run->in, strerror(-ret));
		return ret;
	}
	unlink(run->out);
	status = rules_run(rw->rules, run, &message);
	if (status == SPATCH_CHANGED && file_read(run->out, 64u << 20, &answer->text)) {
		status = SPATCH_FAILED;
		message = xstrdup("spatch's output cannot be read");
	} else if (message) {
		message = without(message, rw->scratch);
		drop_line(message);
	}
	if (message)
		strbuf_adds(&answer->text, message);
	answer->status = status < 0 ? SPATCH_FAILED : (enum spatch_status)status;
	unlink(run->out);
	unlink(run->in);
	free(message);
	return status < 0 ? status : 0;
}

/* spatch's output on a text, or a copy of it.  Fails the job, or returns a negative errno. */
static int run_spatch(struct job *job, const struct job_file *f, const struct pass *p, const struct source *before,
		      const struct rewrite *rw, struct source *after)
{
	const char *dot = strrchr(f->path, '.');
	char *name = xasprintf("in%s", dot ? dot : ""), *in = path_join(rw->scratch, name);
	char *out = path_join(rw->scratch, "out.c");
	char *companions = helper_names(job), *peers = peer_names(job, p->function);
	struct rule_run run = { .function = p->function, .new_name = p->new_name, .is_helper = p->is_helper,
				.companions = companions, .peers = peers, .open = p->open, .in = in, .out = out,
				.timeout_s = rw->timeout_s };
	struct answer answer = { 0 };
	const char *text = before->text;
	size_t len = before->len;
	int ret = 0;

	if (!answers_find(rw->answers, &run, before->text, before->len, &answer)) {
		ret = ask_spatch(before, &run, rw, &answer);
		if (!ret)
			answers_add(rw->answers, &run, before->text, before->len, &answer);
	}
	strbuf_adds(&answer.text, "");
	if (!ret && answer.status == SPATCH_CHANGED) {
		text = answer.text.s;
		len = answer.text.len;
	} else if (!ret && answer.status != SPATCH_NOTHING) {
		job_fail(job, "rewrite", xasprintf("%s:%u: %s%s", f->path,
						   !strcmp(f->path, p->h->file) ? p->h->line : 1,
						   answer.status == SPATCH_REFUSED ? "refused: " : "", answer.text.s));
	}
	source_init(after, xstrndup(text, len), len);
	strbuf_free(&answer.text);
	free(companions);
	free(peers);
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
		.definitions = p->asked ? p->asked->definitions : 1,
		.null_defines = p->asked ? p->asked->null_defines : 0, .fields = p->asked ? p->asked->fields : 0,
		.declarations = p->asked ? p->asked->declarations : 0,
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

int pass_run(struct job *job, const struct job_file *f, const struct pass *p, const struct rewrite *rw,
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

