// SPDX-License-Identifier: GPL-2.0-only
/* What a person judged to wait for an API: into the handlers of the inventory, of hand.h. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "classify/classify.h"
#include "hand/hand.h"
#include "hand/hand_text.h"

static void copy(const struct strlist *from, struct strlist *to)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		strlist_add(to, from->items[i]);
}

static void take(struct handler *h, const struct shelf_judgement *j)
{
	size_t i;

	for (i = 0; i < j->needs.nr; i++)
		strlist_add(&h->needs, j->needs.items[i]);
	strlist_sort_once(&h->needs);
	classify_add(h, WEIGHT_CORE, "judged", 0, "%s", j->why);
}

/* What becomes of it, and why where it is not taken over. */
static const char *state_of(const struct tree *t, const struct handler *h, const struct shelf_judgement *j, char **message)
{
	if (j->error) {
		*message = xstrdup(j->error);
		return "damaged";
	}
	*message = hand_text_changed(t, j);
	if (*message)
		return "changed";
	if (!strcmp(h->verdict, "auto")) {
		*message = xasprintf("a rule would convert it, and %s says that it cannot be: one of the two is wrong; read it again, "
				     "and take the judgement away or report the rule", j->name);
		return "contradicted";
	}
	if (strcmp(h->verdict, "assisted") && strcmp(h->verdict, "core")) {
		*message = xasprintf("the verdict is %s without it", h->verdict);
		return "unused";
	}
	return "taken";
}

static void judge(const struct tree *t, struct inventory *inv, struct handler *h, const struct shelf_judgement *j)
{
	struct judgement *r = vec_push(&inv->judged);

	r->name = xstrdup(j->name);
	r->handler = xstrdup(h->id);
	r->state = xstrdup(state_of(t, h, j, &r->message));
	r->why = xstrdup(j->why ? j->why : "");
	r->release = xstrdup(j->verified.release ? j->verified.release : "?");
	copy(&j->needs, &r->needs);
	copy(&j->rules, &r->rules);
	copy(&j->remarks, &r->remarks);
	if (!strcmp(r->state, "taken"))
		take(h, j);
	else if (strcmp(r->state, "damaged"))
		log_warn("%s: %s is not used: %s", h->id, j->name, r->message);
}

void hand_judge(const struct tree *t, struct inventory *inv, const struct convert_options *opt)
{
	const struct shelf_judgement *j;
	struct handler *h;

	if (!opt->shelf)
		return;
	vec_each(j, &opt->shelf->judged)
		vec_each(h, &inv->handlers)
			if (j->id && !strcmp(h->id, j->id) && (!opt->shelf_names || strlist_has(opt->shelf_names, j->name)))
				judge(t, inv, h, j);
}

void hand_contradict(struct plan *p, const struct inventory *inv)
{
	const struct judgement *r;
	struct job_part *part;
	struct job *job;

	vec_each(job, &p->jobs)
		vec_each(part, &job->parts)
			vec_each(r, &inv->judged)
				if (!strcmp(r->handler, part->h->id) && !strcmp(r->state, "contradicted"))
					job_fail(job, "shelf", xasprintf("%s: %s", r->handler, r->message));
}
