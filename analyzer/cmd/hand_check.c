// SPDX-License-Identifier: GPL-2.0-only
/* `mmapconv hand check`: each patch of the shelf against what it claims. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "cmd/hand_cmd.h"
#include "convert.h"

struct looking { struct job *j; struct hand_results *results; };

static struct hand_result *result_of(struct hand_results *all, const struct shelf_patch *p)
{
	struct hand_result *r;

	vec_each(r, all)
		if (r->patch == p)
			return r;
	return NULL;
}

static void note(const struct shelf_patch *p, const struct strbuf *mail, const struct strlist *surprises, void *ctx)
{
	struct hand_result *r = result_of(ctx, p);
	size_t i;

	if (!r)				/* it only came with what stands on it */
		return;
	r->mail = xstrndup(mail->s, mail->len);
	for (i = 0; i < surprises->nr; i++)
		strlist_add(&r->surprises, surprises->items[i]);
}

static const struct handler *handler_of(const struct inventory *inv, const char *id)
{
	const struct handler *h;

	vec_each(h, &inv->handlers)
		if (!strcmp(h->id, id))
			return h;
	return NULL;
}

/* What was not done of a patch that passed all that was; NULL: nothing. */
static const char *not_seen(const struct hand_patch *record, const struct handler *h)
{
	const struct checks *checks = h ? &h->conversion.checks : &record->checks;
	const struct check *c;

	vec_each(c, checks)
		if (!strcmp(c->status, "not-run") && strcmp(c->name, "other files") &&
		    (!c->detail || strcmp(c->detail, HAND_NO_SOURCE)))
			return c->detail ? c->detail : c->name;
	return NULL;
}

static void add_proofs(struct strbuf *b, const struct job *j, const struct hand_patch *record)
{
	const struct handler *h;
	size_t i;

	for (i = 0; i < record->handlers.nr; i++) {
		h = handler_of(&j->inv, record->handlers.items[i]);
		strbuf_addf(b, "%s%s%s", i ? ", " : "; ", record->handlers.nr > 1 && h ? h->function : "",
			    record->handlers.nr > 1 ? " " : "");
		strbuf_adds(b, h && h->conversion.proof.verdict ? h->conversion.proof.verdict : "not compared");
	}
}

static void add_all(struct strbuf *b, const struct strlist *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		strbuf_addf(b, "%s%s", b->len ? "; " : "", l->items[i]);
}

static void judge(const struct job *j, struct hand_result *r)
{
	const struct hand_patch *record = r->record;
	const char *missed = record ? not_seen(record, NULL) : NULL;
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	if (!record) {
		r->finding = r->patch->error ? HAND_NOT_SEEN : HAND_NOT_AS_CLAIMED;
		strbuf_addf(&b, "%s", r->patch->error ? r->patch->error :
			    "this tree has neither a handler of it nor all the files that it changes");
	} else if (!strcmp(record->state, "failed")) {
		r->finding = HAND_NOT_AS_CLAIMED;
		strbuf_addf(&b, "%s: %s", record->stage, record->message);
	} else if (!strcmp(record->state, "there")) {
		r->finding = HAND_NOT_AS_CLAIMED;
		strbuf_adds(&b, "the tree has it already: nothing is left to do");
	} else if (r->surprises.nr || r->broken.nr) {
		r->finding = HAND_NOT_AS_CLAIMED;
		add_all(&b, &r->surprises);
		add_all(&b, &r->broken);
	} else if (missed || r->unread.nr) {
		r->finding = HAND_NOT_SEEN;
		strbuf_addf(&b, "could not be looked at: %s", missed ? missed : r->unread.items[0]);
	} else {
		strbuf_adds(&b, "applies, compiles, checkpatch, audit");
		add_proofs(&b, j, record);
	}
	r->text = strbuf_detach(&b);
}

static int convert(struct job *j, const struct strlist *names, struct hand_results *results, const char *scratch)
{
	struct convert_options co = { .out = scratch, .jobs = j->opt->jobs, .cache = j->cache, .shelf = &j->shelf,
				      .shelf_names = names->nr ? names : NULL, .shelf_only = true, .base = j->opt->base,
				      .refreshed = note, .refreshed_ctx = results };

	return job_convert_with(j, &co) ? EXIT_FAILED : 0;
}

int hand_look(struct job *j, const struct strlist *names, struct hand_results *results)
{
	char *scratch = hand_scratch();
	const struct shelf_judgement *g;
	const struct shelf_patch *p;
	struct hand_result *r;
	struct hand_patch *h;
	int status = scratch ? job_rescan(j) : EXIT_FAILED;

	vec_each(p, &j->shelf.patches)
		if (!names->nr || strlist_has(names, p->name))
			*vec_push(results) = (struct hand_result){ .name = p->name, .patch = p };
	vec_each(g, &j->shelf.judged)
		if (!names->nr || strlist_has(names, g->name))
			*vec_push(results) = (struct hand_result){ .name = g->name, .judged = g };
	if (!status)
		status = convert(j, names, results, scratch);
	vec_each(r, results) {
		if (status)
			continue;
		vec_each(h, &j->inv.hand)
			if (!strcmp(h->name, r->name))
				r->record = h;
	}
	if (!status)
		status = hand_audit(j, scratch, results);
	vec_each(r, results) {
		if (!status && r->judged)
			hand_result_judge(j, r);
		else if (!status)
			judge(j, r);
	}
	if (scratch)
		file_remove_tree(scratch);
	free(scratch);
	return status;
}

int hand_status(const struct job *j, const struct hand_results *results)
{
	const struct hand_result *r;
	bool bad = false, missed = j->shelf.damaged;

	vec_each(r, results) {
		bad |= r->finding == HAND_NOT_AS_CLAIMED;
		missed |= r->finding == HAND_NOT_SEEN;
	}
	return missed ? EXIT_FAILED : bad ? EXIT_FINDINGS : EXIT_DONE;
}

void hand_results_free(struct hand_results *results)
{
	struct hand_result *r;

	vec_each(r, results) {
		free(r->text);
		free(r->mail);
		strlist_free(&r->surprises);
		strlist_free(&r->broken);
		strlist_free(&r->unread);
	}
	vec_free(results);
}

static const char *const finding_words[] = {
	[HAND_AS_CLAIMED] = "ok", [HAND_NOT_AS_CLAIMED] = "not as claimed", [HAND_NOT_SEEN] = "not seen",
};

void hand_print_json(const struct job *j, const struct hand_results *results)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array(), *judged = json_object_new_array(), *one;
	const struct hand_result *r;

	vec_each(r, results) {
		one = json_object_new_object();
		json_set_str(one, "name", r->name);
		json_set_str(one, "finding", finding_words[r->finding]);
		json_set_str(one, "text", r->text);
		json_object_array_add(r->judged ? judged : list, one);
	}
	json_set_str(o, "shelf", j->shelf.dir);
	json_set_str(o, "tree", j->tree.version);
	json_object_object_add(o, "patches", list);
	json_object_object_add(o, "judged", judged);
	puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}

int hand_check(struct job *j, const struct strlist *names)
{
	struct hand_results results = { 0 };
	const struct hand_result *r;
	unsigned good = 0;
	int status = hand_look(j, names, &results);

	if (!status && j->opt->json)
		hand_print_json(j, &results);
	vec_each(r, &results) {
		if (status || j->opt->json)
			continue;
		printf("%s: %s: %s\n", r->name, finding_words[r->finding], r->text);
		good += r->finding == HAND_AS_CLAIMED;
	}
	if (!status && !j->opt->json)
		printf("%u of %zu are as claimed on Linux %s\n", good, results.nr, j->tree.version);
	if (!status)
		status = hand_status(j, &results);
	hand_results_free(&results);
	return status;
}
