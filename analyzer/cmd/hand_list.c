// SPDX-License-Identifier: GPL-2.0-only
/* `mmapconv hand list`: what is on the shelf, and whether it applies. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "cmd/hand_cmd.h"
#include "hand/hand_try.h"
#include "terminal_text.h"

char *hand_converts(const struct shelf_patch *p)
{
	const struct shelf_handler *h;
	struct strbuf b = { 0 };

	strbuf_adds(&b, "");
	vec_each(h, &p->handlers)
		if (h->hook)
			strbuf_addf(&b, "%s%s", b.len ? ", " : "", h->id);
	return strbuf_detach(&b);
}

/* Of all its handlers the weakest, "-" where it converts none. */
static const char *claim(const struct shelf_patch *p)
{
	const struct shelf_handler *h;
	const char *weakest = "-";

	vec_each(h, &p->handlers) {
		if (!h->proof)
			continue;
		if (!strcmp(h->proof, "unknown") || !strcmp(weakest, "-") || (!strcmp(weakest, "equal") && strcmp(h->proof, "equal")))
			weakest = h->proof;
	}
	return weakest;
}

static void print(const struct shelf_patch *p, const struct hand_trial *t)
{
	char *converts = hand_converts(p);

	printf("%04u  %-11s  %-9s  %-6s  ", p->number, p->kind ? p->kind : "?", claim(p), t->applies);
	terminal_wrap(stdout, p->subject ? p->subject : p->name, 38, 40);
	if (*converts) {
		printf("%*s", 40, "");
		terminal_wrap(stdout, converts, 40, 40);
	}
	if (t->why) {
		printf("%*s", 40, "");
		terminal_wrap(stdout, t->why, 40, 40);
	}
	free(converts);
}

static struct json_object *to_json(const struct shelf_patch *p, const struct hand_trial *t)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array(), *one;
	const struct shelf_handler *h;

	json_set_str(o, "name", p->name);
	json_set_int(o, "number", p->number);
	json_set_str(o, "kind", p->kind);
	json_set_str(o, "subject", p->subject);
	vec_each(h, &p->handlers) {
		one = json_object_new_object();
		json_set_str(one, "id", h->id);
		json_set_str(one, "hook", h->hook);
		json_set_str(one, "proof", h->proof);
		json_set_str(one, "why", h->why);
		json_object_array_add(list, one);
	}
	json_object_object_add(o, "handlers", list);
	json_set_list(o, "prerequisites", &p->prerequisites);
	json_set_str(o, "release", p->verified.release);
	json_set_str(o, "date", p->verified.date);
	json_set_str(o, "applies", t->applies);
	json_set_str(o, "why", t->why);
	return o;
}

/* How many of them are of this tree's code. */
static unsigned print_judged(const struct job *j, const struct strlist *names, struct json_object *list, unsigned *nr)
{
	const struct shelf_judgement *g;
	unsigned same = 0;

	vec_each(g, &j->shelf.judged) {
		if (names->nr && !strlist_has(names, g->name))
			continue;
		(*nr)++;
		same += hand_list_judgement(j, g, list);
	}
	return same;
}

/* True: all apply. */
static bool print_all(const struct job *j, const struct strlist *names, const struct hand_trial *trials)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	const struct shelf_patch *p;
	struct json_object *judged = json_object_new_array();
	unsigned nr = 0, good = 0, nr_judged = 0, same;

	if (!j->opt->json)
		printf("%-4s  %-11s  %-9s  %-6s  %s\n", "no.", "kind", "claims", "applies", "subject, what it converts");
	vec_each(p, &j->shelf.patches) {
		const struct hand_trial *t = &trials[p - j->shelf.patches.items];

		if (names->nr && !strlist_has(names, p->name))
			continue;
		nr++;
		good += strcmp(t->applies, "no") != 0;
		if (j->opt->json)
			json_object_array_add(list, to_json(p, t));
		else
			print(p, t);
	}
	same = print_judged(j, names, judged, &nr_judged);
	json_set_str(o, "shelf", j->shelf.dir);
	json_set_str(o, "tree", j->tree.version);
	json_object_object_add(o, "patches", list);
	json_object_object_add(o, "judged", judged);
	if (j->opt->json)
		puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	else if (nr || !nr_judged)
		printf("%u of %u apply to Linux %s\n", good, nr, j->tree.version);
	if (!j->opt->json && nr_judged)
		printf("%u of %u judged handlers are what was read\n", same, nr_judged);
	json_object_put(o);
	return same == nr_judged && good == nr;
}

int hand_list(struct job *j, const struct strlist *names)
{
	struct hand_trial *trials = xcalloc(j->shelf.patches.nr + 1, sizeof(*trials));
	char *scratch = hand_scratch();
	int status = scratch ? EXIT_DONE : EXIT_FAILED;

	if (!status && hand_try(&j->shelf, &j->tree, j->opt->base, scratch, trials))
		status = EXIT_FAILED;
	if (!status) {
		status = print_all(j, names, trials) ? EXIT_DONE : EXIT_FINDINGS;
		if (j->shelf.damaged)
			status = EXIT_FAILED;
	}
	if (scratch)
		file_remove_tree(scratch);
	free(scratch);
	hand_trials_free(trials, j->shelf.patches.nr);
	return status;
}
