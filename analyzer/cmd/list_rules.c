// SPDX-License-Identifier: GPL-2.0-only
/* convert --list-rules */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "rewrite/rule_text.h"
#include "terminal_text.h"

enum { INDENT = 4, LABEL = 16 };

static void paragraph(const char *label, const char *text)
{
	printf("%*s%-*s", INDENT, "", LABEL - INDENT, label);
	terminal_wrap(stdout, text, LABEL, LABEL);
}

static void print_rule(const struct rule_text *t, const struct tree *tree)
{
	const char *why;
	bool left_out = tree && !rule_text_serves(t, tree, &why);
	struct strbuf b = { 0 };
	size_t i;

	printf("%s\n%*s", t->name, INDENT, "");
	terminal_wrap(stdout, t->summary, INDENT, INDENT);
	paragraph("what", t->what);
	paragraph("when", t->when);
	paragraph("limits", t->limits);
	paragraph("confidence", t->confidence);
	for (i = 0; i < t->needs.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "", t->needs.items[i]);
	if (left_out && strlist_has(&t->needs, why))
		strbuf_addf(&b, "; left out: this tree has no %s", why);
	paragraph("needs", b.s);
	strbuf_reset(&b);
	for (i = 0; i < t->lacks.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "", t->lacks.items[i]);
	if (left_out && strlist_has(&t->lacks, why))
		strbuf_addf(&b, "; left out: this tree has %s", why);
	if (b.len)
		paragraph("lacks", b.s);
	strbuf_free(&b);
}

static void print_json(const struct rule_texts *list, const struct tree *tree)
{
	struct json_object *o = json_object_new_object(), *rules = json_object_new_array(), *r;
	const struct rule_text *t;
	const char *why;

	vec_each(t, list) {
		r = json_object_new_object();
		json_set_str(r, "name", t->name);
		json_set_str(r, "summary", t->summary);
		json_set_str(r, "what", t->what);
		json_set_str(r, "when", t->when);
		json_set_str(r, "limits", t->limits);
		json_set_str(r, "confidence", t->confidence);
		json_set_list(r, "needs", &t->needs);
		json_set_list(r, "lacks", &t->lacks);
		if (tree)
			json_object_object_add(r, "serves", json_object_new_boolean(rule_text_serves(t, tree, &why)));
		json_object_array_add(rules, r);
	}
	json_object_object_add(o, "rules", rules);
	puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}

int list_rules(struct options *opt)
{
	char *dir = job_rules_dir();
	struct rule_texts list = { 0 };
	struct tree tree = { 0 };
	int status = EXIT_FAILED;
	size_t i;

	if (!dir)
		return EXIT_FAILED;
	if (opt->args.nr) {
		log_error("--list-rules takes no argument '%s': it lists all rules, with -C for one tree", opt->args.items[0]);
		free(dir);
		return EXIT_USAGE;
	}
	if (opt->tree && tree_open(&tree, opt->tree))
		goto done;
	if (rule_texts_read(&list, NULL, dir))
		goto done;
	if (opt->json)
		print_json(&list, opt->tree ? &tree : NULL);
	for (i = 0; !opt->json && i < list.nr; i++) {
		if (i)
			putchar('\n');
		print_rule(&list.items[i], opt->tree ? &tree : NULL);
	}
	status = EXIT_DONE;
done:
	if (opt->tree)
		tree_close(&tree);
	rule_texts_free(&list);
	free(dir);
	return status;
}
