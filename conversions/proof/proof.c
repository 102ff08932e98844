// SPDX-License-Identifier: GPL-2.0-only
#include "proof/proof.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "hand/hand.h"
#include "workers/workers.h"

/* A job's changed files, below a folder of its own; and what its handlers stand in, where that is not the tree. */
struct copies { VEC(struct read_instead) files, old; };

static int write_copy(const char *dir, const char *file, const struct strbuf *text, struct read_instead *copy)
{
	char *path = path_join(dir, file);
	int ret = file_write_atomic(path, text->s, text->len);

	if (ret)
		log_error("%s: cannot be written: %s; make room or choose another -o", path, strerror(-ret));
	*copy = (struct read_instead){ file, path };
	return ret;
}

static int write_copies(const struct job *job, const char *dir, struct copies *c)
{
	char *old = path_join(dir, "old"), *new_dir = path_join(dir, "new");
	const struct job_file *f;
	const struct job_text *t;
	int ret = 0;

	vec_each(t, &job->before)
		if (!ret)
			ret = write_copy(old, t->path, &t->text, vec_push(&c->old));
	vec_each(t, &job->after)
		if (!ret)
			ret = write_copy(new_dir, t->path, &t->text, vec_push(&c->files));
	vec_each(f, &job->files)
		if (!ret && !job->after.nr)
			ret = write_copy(new_dir, f->path, &f->new, vec_push(&c->files));
	free(old);
	free(new_dir);
	return ret;
}

static void copies_free(struct copies *c)
{
	struct read_instead *f;

	vec_each(f, &c->files)
		free((char *)f->path);
	vec_free(&c->files);
	vec_each(f, &c->old)
		free((char *)f->path);
	vec_free(&c->old);
}

char *proof_said(const struct proof_record *p)
{
	const struct proof_difference *d;
	struct strbuf b = { 0 };

	strbuf_adds(&b, p->verdict);
	vec_each(d, &p->differences)
		strbuf_addf(&b, "%s%s", d == p->differences.items ? ": " : ", ", d->kind);
	return strbuf_detach(&b);
}

static void add_check(const struct job_part *part, const char *status, char *detail)
{
	*vec_push(&part->h->conversion.checks) = (struct check){ xstrdup("contract"), xstrdup(status), detail };
}

/* What a verdict does to a job. */
static void settle(struct job *job, const struct job_part *part, bool unproved)
{
	const struct proof_record *p = &part->h->conversion.proof;
	const char *reason = p->reason ? p->reason : "";
	char *text;

	if (!strcmp(p->verdict, "differs")) {
		text = xasprintf("%s() does not do what %s() did: request: %s; old: %s; new: %s", part->new_name,
				 part->h->function, p->witness.request, p->witness.old_does, p->witness.new_does);
		add_check(part, "failed", xstrdup(text));
		job_fail(job, "proof", text);
	} else if (!strcmp(p->verdict, "unknown")) {
		add_check(part, "unproved", xstrdup(reason));
		if (!unproved)
			job_fail(job, "proof",
				 xasprintf("whether %s() does what %s() did is not known: %s; --unproved emits the patch, to be "
					   "read all the more", part->new_name, part->h->function, reason));
	} else {
		add_check(part, "ok", proof_said(p));
	}
}

static bool is_due(const struct job *job)
{
	return !job->error && job->mail && job->parts.nr && !job->parts.items[0].h->conversion.proof.verdict;
}

static size_t count_parts(const struct plan *p)
{
	const struct job *job;
	size_t nr = 0;

	vec_each(job, &p->jobs)
		nr += job->parts.nr;
	return nr;
}

int proof_jobs(struct plan *p, const struct convert_options *opt, const char *work)
{
	struct proof_job *due = xcalloc(count_parts(p) + 1, sizeof(*due));
	struct copies *copies = xcalloc(p->jobs.nr + 1, sizeof(*copies)), *c;
	char *top = path_join(work, "proof"), *dir;
	struct job_part *part;
	struct job *job;
	size_t nr = 0, i;
	int ret = 0;

	vec_each(job, &p->jobs) {
		if (!opt->compare || ret || !is_due(job))
			continue;
		c = &copies[job - p->jobs.items];
		dir = xasprintf("%s/%zu", top, (size_t)(job - p->jobs.items));
		ret = write_copies(job, dir, c);
		vec_each(part, &job->parts)
			due[nr++] = (struct proof_job){ .h = part->h, .new_name = part->new_name, .instead = c->files.items,
							.nr_instead = c->files.nr, .old_instead = c->old.items,
							.nr_old_instead = c->old.nr, .proof = &part->h->conversion.proof };
		free(dir);
	}
	if (nr && !ret)
		ret = opt->compare(due, nr, opt->compare_ctx);
	vec_each(job, &p->jobs)
		vec_each(part, &job->parts)
			for (i = 0; i < nr && !ret; i++)
				if (due[i].h == part->h && job->hand)
					hand_settle(job, part);
				else if (due[i].h == part->h)
					settle(job, part, opt->unproved);
	for (i = 0; i < p->jobs.nr; i++)
		copies_free(&copies[i]);
	file_remove_tree(top);
	free(top);
	free(copies);
	free(due);
	return ret;
}
