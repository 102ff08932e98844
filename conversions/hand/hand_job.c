// SPDX-License-Identifier: GPL-2.0-only
/* One patch of the shelf in its group's overlay, of hand.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "group.h"
#include "hand/hand.h"

static int apply(struct convert *c, struct job *job, const struct verify *v, bool lent)
{
	struct hand *hand = job->hand;
	enum hand_how how;
	char *error = NULL;
	int ret = hand_apply(v->overlay, hand->patch, lent, &c->author, &how, &error);

	if (ret == -EINVAL) {
		job_fail(job, "apply", xasprintf("%s: %s; it was made for Linux %s", hand->patch->name, error,
						 hand->patch->verified.release));
		ret = 0;
	} else if (!ret) {
		hand->there = how == HAND_THERE;
	}
	free(error);
	return ret;
}

/* The mail, which may have other contexts than the shelf's. */
static int make_mail(struct convert *c, struct job *job, const struct verify *v)
{
	struct strbuf mail = { 0 };
	int ret = overlay_format(v->overlay, true, &mail);

	if (!ret && c->opt->refreshed) {
		strbuf_reset(&job->hand->raw);
		ret = overlay_format(v->overlay, false, &job->hand->raw);
	}
	if (!ret)
		ret = verify_checkpatch(v, job, &mail);
	if (!ret && !job->error) {
		job->mail_len = mail.len;
		job->mail = strbuf_detach(&mail);
	}
	strbuf_free(&mail);
	return ret;
}

static int read_new(struct job *job, const struct verify *v)
{
	struct job_file *f;
	int ret = 0;

	vec_each(f, &job->files) {
		strbuf_reset(&f->new);
		if (!ret)
			ret = overlay_read(v->overlay, f->path, &f->new);
		if (ret)
			log_error("%s/%s: cannot be read: %s", v->overlay->dir, f->path, strerror(-ret));
	}
	return ret;
}

/* What came in with git am, from there to the mail. */
static int check(struct convert *c, struct job *job, struct verify *v, struct hand_places *places)
{
	int ret = read_new(job, v);

	if (!ret)
		ret = hand_residue(v, job);
	if (!ret && !job->error)
		ret = hand_compile(v, job, places);
	if (!ret && !job->error)
		ret = make_mail(c, job, v);
	if (!ret && job->error)
		ret = overlay_drop_commit(v->overlay);
	return ret;
}

int hand_job(struct convert *c, struct job *job, struct verify *v, bool lent)
{
	VEC(struct rename) renames = { 0 };
	struct hand_places *places = NULL;
	const struct job_part *part;
	int ret;

	job->hand->there = false;
	/* They may have failed since the plan was made: at their checks, or at their proof. */
	hand_check_prerequisites(&c->plan, job);
	if (job->error)
		return 0;
	vec_each(part, &job->parts)
		*vec_push(&renames) = (struct rename){ part->new_name, part->h->function };
	v->renames = renames.items;
	v->nr_renames = renames.nr;
	ret = hand_compile_before(v, job, &places);
	if (!ret)
		ret = apply(c, job, v, lent);
	/* A conversion that is there has no handler left, unless some of them are: then it is another one. */
	if (!ret && job->hand->there && job->parts.nr)
		job_fail(job, "apply", xasprintf("%s: this tree has its change already, and %s is still there", job->hand->patch->name,
						 job->parts.items[0].h->id));
	if (!ret && !job->error && !job->hand->there && job->hand->missing) {
		job_fail(job, "shelf", xasprintf("%s converts %s, too, which this tree has not; it was made for Linux %s",
						 job->hand->patch->name, job->hand->missing, job->hand->patch->verified.release));
		ret = overlay_drop_commit(v->overlay);
	}
	if (!ret && !job->error && !job->hand->there)
		ret = check(c, job, v, places);
	hand_compile_free(places);
	v->renames = NULL;
	v->nr_renames = 0;
	vec_free(&renames);
	return ret;
}
