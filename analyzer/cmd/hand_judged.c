// SPDX-License-Identifier: GPL-2.0-only
/* `mmapconv hand`: what a person judged to wait for an API. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cmd/hand_cmd.h"
#include "hand/hand_text.h"
#include "terminal_text.h"

static void add_needs(struct strbuf *b, const struct strlist *needs)
{
	size_t i;

	for (i = 0; i < needs->nr; i++)
		strbuf_addf(b, "%s%s", i ? "; " : "waits for ", needs->items[i]);
}

static const struct judgement *record_of(const struct inventory *inv, const char *name)
{
	const struct judgement *r;

	vec_each(r, &inv->judged)
		if (!strcmp(r->name, name))
			return r;
	return NULL;
}

void hand_result_judge(const struct job *j, struct hand_result *r)
{
	const struct judgement *record = record_of(&j->inv, r->name);
	struct strbuf b = { 0 };

	if (r->judged->error) {
		r->finding = HAND_NOT_SEEN;
		strbuf_adds(&b, r->judged->error);
	} else if (!record) {
		r->finding = HAND_NOT_AS_CLAIMED;
		strbuf_addf(&b, "this tree has no handler %s", r->judged->id);
	} else if (strcmp(record->state, "taken")) {
		r->finding = HAND_NOT_AS_CLAIMED;
		strbuf_addf(&b, "%s: %s", record->state, record->message);
	} else {
		strbuf_addf(&b, "%s ", r->judged->id);
		add_needs(&b, &r->judged->needs);
	}
	r->text = strbuf_detach(&b);
}

static void print(const struct shelf_judgement *g, const char *why)
{
	struct strbuf b = { 0 };

	add_needs(&b, &g->needs);
	printf("%04u  %-11s  %-9s  %-6s  ", g->number, "judged", "core", why ? "no" : "yes");
	terminal_wrap(stdout, b.len ? b.s : g->name, 38, 40);
	if (g->id) {
		printf("%*s", 40, "");
		terminal_wrap(stdout, g->id, 40, 40);
	}
	if (why) {
		printf("%*s", 40, "");
		terminal_wrap(stdout, why, 40, 40);
	}
	strbuf_free(&b);
}

static struct json_object *to_json(const struct shelf_judgement *g, const char *why)
{
	struct json_object *o = json_object_new_object();

	json_set_str(o, "name", g->name);
	json_set_int(o, "number", g->number);
	json_set_str(o, "handler", g->id);
	json_set_list(o, "needs", &g->needs);
	json_set_str(o, "judgement", g->why);
	json_set_str(o, "release", g->verified.release);
	json_set_str(o, "date", g->verified.date);
	json_set_str(o, "applies", why ? "no" : "yes");
	json_set_str(o, "why", why);
	return o;
}

bool hand_list_judgement(const struct job *j, const struct shelf_judgement *g, struct json_object *list)
{
	char *why = g->error ? xstrdup(g->error) : hand_text_changed(&j->tree, g);
	bool same = !why;

	if (j->opt->json)
		json_object_array_add(list, to_json(g, why));
	else
		print(g, why);
	free(why);
	return same;
}
