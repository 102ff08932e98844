// SPDX-License-Identifier: GPL-2.0-only
/* The proof's verdict beside what a shelf's patch claims, of hand.h. */
#include <stdlib.h>
#include <string.h>

#include "hand/hand.h"
#include "proof/proof.h"

static const struct shelf_handler *claim_of(const struct job *job, const struct handler *h)
{
	const struct shelf_handler *s;

	vec_each(s, &job->hand->patch->handlers)
		if (s->hook && !strcmp(s->id, h->id))
			return s;
	return NULL;
}

static bool is(const char *s, const char *word)
{
	return !strcmp(s, word);
}

static void add(const struct job_part *part, const char *status, char *detail)
{
	*vec_push(&part->h->conversion.checks) = (struct check){ xstrdup("contract"), xstrdup(status), detail };
}

/* A kind of difference that is not claimed, or NULL. */
static const char *unclaimed(const struct proof_record *p, const struct shelf_handler *s)
{
	const struct proof_difference *d;

	vec_each(d, &p->differences)
		if (!s->why || !shelf_text_names(s->why, d->kind))
			return d->kind;
	return NULL;
}

static int rank(const char *verdict)
{
	return is(verdict, "equal") ? 2 : is(verdict, "equal-but") ? 1 : 0;
}

static void fail(struct job *job, const struct job_part *part, const char *status, char *text)
{
	add(part, status, xstrdup(text));
	job_fail(job, "proof", text);
}

void hand_settle(struct job *job, const struct job_part *part)
{
	const struct proof_record *p = &part->h->conversion.proof;
	const struct shelf_handler *s = claim_of(job, part->h);
	const char *kind = is(p->verdict, "equal-but") && is(s->proof, "equal-but") ? unclaimed(p, s) : NULL;
	char *text = proof_said(p);

	if (is(p->verdict, "differs"))
		fail(job, part, "failed", xasprintf("%s() does not do what %s() did: request: %s; old: %s; new: %s", part->new_name,
						    part->h->function, p->witness.request, p->witness.old_does,
						    p->witness.new_does));
	else if (rank(p->verdict) < rank(s->proof))
		fail(job, part, is(p->verdict, "unknown") ? "unproved" : "failed",
		     xasprintf("its metadata claims that %s() is %s, and the proof says %s%s%s", part->new_name, s->proof, text,
			       p->reason ? ": " : "", p->reason ? p->reason : ""));
	else if (kind)
		fail(job, part, "failed", xasprintf("its metadata does not name the difference %s, and the proof says %s of %s()", kind,
						    text, part->new_name));
	else if (is(p->verdict, "unknown"))
		add(part, "unproved", xasprintf("not proved: %s; a person read it: %s", p->reason ? p->reason : "no reason", s->why));
	else
		add(part, "ok", xstrdup(text));
	if (rank(p->verdict) > rank(s->proof))
		strlist_addf(&job->hand->surprises, "%s is claimed to be %s, and the proof says %s", part->h->id, s->proof, text);
	free(text);
}
