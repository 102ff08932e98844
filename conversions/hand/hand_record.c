// SPDX-License-Identifier: GPL-2.0-only
/* What became of the shelf's patches: for the inventory, and for a reader of the mails.  Of hand.h. */
#include <stdlib.h>
#include <string.h>

#include "hand/hand.h"
#include "mail/mail.h"

static void set(char **field, const char *value)
{
	free(*field);
	*field = value ? xstrdup(value) : NULL;
}

static void add_checks(struct checks *to, const struct checks *from)
{
	const struct check *c;

	vec_each(c, from)
		*vec_push(to) = (struct check){ xstrdup(c->name), xstrdup(c->status), c->detail ? xstrdup(c->detail) : NULL };
}

static void record(const struct job *job)
{
	struct hand_patch *r = &job->hand->record;

	checks_free(&r->checks);
	add_checks(&r->checks, &job->h->conversion.checks);
	set(&r->state, job->error ? "failed" : job->hand->there ? "there" : "applied");
	set(&r->stage, job->stage);
	set(&r->message, job->error);
	set(&r->patch, job->error ? NULL : job->h->conversion.patch);
}

void hand_finish(const struct job *job, struct strbuf *out)
{
	const struct handler **handlers = xcalloc(job->parts.nr + 1, sizeof(*handlers));
	const char **names = xcalloc(job->parts.nr + 1, sizeof(*names)), *cut = strstr(job->mail, "\n---\n");
	size_t head = cut ? (size_t)(cut - job->mail) + 5 : job->mail_len, i;

	for (i = 0; i < job->parts.nr; i++) {
		handlers[i] = job->parts.items[i].h;
		names[i] = job->parts.items[i].new_name;
	}
	record(job);
	strbuf_add(out, job->mail, head);
	mail_hand(out, &job->hand->record, handlers, names, job->parts.nr);
	strbuf_adds(out, "\n");
	strbuf_adds(out, job->mail + head);
	free(handlers);
	free(names);
}

/* The patches below OUT that it stands on, in their order. */
static void fill_prerequisites(const struct plan *p, const struct job *job, struct conversion *c)
{
	const struct job *before;

	vec_each(before, &p->jobs)
		if (before->hand && strlist_has(&job->hand->record.prerequisites, before->hand->patch->name) &&
		    before->h->conversion.patch)
			strlist_add(&c->prerequisites, before->h->conversion.patch);
}

/* What is the patch's is each of its handlers', who share it. */
static void fill_handler(const struct plan *p, const struct job *job, const struct job_part *part)
{
	struct conversion *c = &part->h->conversion;
	const struct job_file *f;
	size_t i;

	vec_each(f, &job->files)
		strlist_add(&c->files, f->path);
	for (i = 0; i < job->hand->patch->differences.nr; i++)
		strlist_add(&c->differences, job->hand->patch->differences.items[i]);
	add_checks(&c->checks, &job->h->conversion.checks);
	set(&c->new_name, part->new_name);
	set(&c->patch, job->error ? NULL : job->h->conversion.patch);
	set(&c->stage, job->stage);
	set(&c->message, job->error);
	if (!job->error)
		fill_prerequisites(p, job, c);
	set(&part->h->outcome, job->error ? "failed" : "hand");
}

void hand_forget(struct inventory *inv)
{
	struct inventory rest = { 0 };

	memcpy(&rest.hand, &inv->hand, sizeof(rest.hand));
	memcpy(&rest.judged, &inv->judged, sizeof(rest.judged));
	inventory_free(&rest);
	memset(&inv->hand, 0, sizeof(inv->hand));
	memset(&inv->judged, 0, sizeof(inv->judged));
}

void hand_hand_over(struct plan *p, struct inventory *inv)
{
	const struct job_part *part;
	struct job *job;

	hand_spread(p);
	vec_each(job, &p->jobs) {
		if (!job->hand)
			continue;
		if (!job->error && !job->hand->there && !job->h->conversion.patch)
			job_fail(job, "shelf", xstrdup("not reached: the run ended before"));
		record(job);
		vec_each(part, &job->parts)
			fill_handler(p, job, part);
		*vec_push(&inv->hand) = job->hand->record;
		memset(&job->hand->record, 0, sizeof(job->hand->record));
	}
}
