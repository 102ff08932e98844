// SPDX-License-Identifier: GPL-2.0-only
/* A verdict, for a person and for a program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cmd/prove.h"
#include "inventory_json.h"
#include "terminal_text.h"

enum { LABEL = 11 };

int prove_status(enum prove_verdict v)
{
	return v == PROVE_DIFFERS ? EXIT_FINDINGS : v == PROVE_UNKNOWN ? EXIT_FAILED : EXIT_DONE;
}

static void row(const char *label, const char *text)
{
	if (!text)
		return;
	printf("  %-*s", LABEL - 2, label);
	terminal_wrap(stdout, text, LABEL, LABEL);
}

/* The file of a "FILE:FUNC". */
static int file_length(const char *name)
{
	const char *colon = strrchr(name, ':');

	return (int)(colon ? (size_t)(colon - name) : strlen(name));
}

static void differences(const struct proof *proof)
{
	const struct difference *d;
	char *text;

	vec_each(d, &proof->differences) {
		text = d->line ? xasprintf("- %s (line %u): %s", d->kind->name, d->line, d->kind->text)
			       : xasprintf("- %s: %s", d->kind->name, d->kind->text);
		printf("  ");
		terminal_wrap(stdout, text, 2, 4);
		free(text);
		if (d->detail) {
			printf("    ");
			terminal_wrap(stdout, d->detail, 4, 4);
		}
	}
}

void prove_print_text(const struct proof *proof, const char *old_name, const char *new_name, bool colour)
{
	const char *reason_of = proof->old_side ? old_name : new_name, *code;
	char *text;

	code = proof->verdict == PROVE_DIFFERS ? "\033[31m" : proof->verdict == PROVE_UNKNOWN ? "\033[33m" : "\033[32m";
	printf("%s%s%s\n", colour ? code : "", prove_verdict_name(proof->verdict), colour ? "\033[0m" : "");
	row("old", old_name);
	row("new", new_name);
	differences(proof);
	row("request", proof->request);
	row("with old", proof->old_does);
	row("with new", proof->new_does);
	if (!proof->reason)
		return;
	text = proof->line ? xasprintf("%.*s:%u: %s", file_length(reason_of), reason_of, proof->line, proof->reason)
			   : xstrdup(proof->reason);
	row("reason", text);
	free(text);
}

static void set_text(struct json_object *o, const char *key, const char *text)
{
	json_object_object_add(o, key, text ? inventory_text(text) : NULL);
}

static struct json_object *witness(const struct proof *proof)
{
	struct json_object *o;

	if (!proof->request)
		return NULL;
	o = json_object_new_object();
	set_text(o, "request", proof->request);
	set_text(o, "old", proof->old_does);
	set_text(o, "new", proof->new_does);
	return o;
}

struct json_object *prove_to_json(const struct proof *proof, const char *old_name, const char *new_name,
				  const struct arch *arch)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array(), *d;
	const struct difference *diff;

	json_set_str(o, "verdict", prove_verdict_name(proof->verdict));
	vec_each(diff, &proof->differences) {
		d = json_object_new_object();
		set_text(d, "kind", diff->kind->name);
		set_text(d, "text", diff->kind->text);
		json_set_int(d, "line", diff->line);
		set_text(d, "detail", diff->detail);
		json_object_array_add(list, d);
	}
	json_object_object_add(o, "differences", list);
	json_object_object_add(o, "witness", witness(proof));
	set_text(o, "reason", proof->reason);
	json_set_int(o, "line", proof->line);
	set_text(o, "line_of", !proof->line ? NULL : proof->old_side ? "old" : "new");
	json_set_int(o, "questions", proof->questions);
	json_set_int(o, "undecided", proof->undecided);
	set_text(o, "old", old_name);
	set_text(o, "new", new_name);
	set_text(o, "arch", arch ? arch->name : NULL);
	return o;
}
