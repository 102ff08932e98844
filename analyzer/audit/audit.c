// SPDX-License-Identifier: GPL-2.0-only
#include "audit/audit.h"

#include <stdlib.h>
#include <string.h>

#include "audit/internal.h"

static void (*const hook_rules[])(struct audit *a) = {
	audit_state, audit_mapped, audit_close, audit_merge, audit_fault, audit_actions, audit_fields, NULL
};
static void (*const legacy_rules[])(struct audit *a) = { audit_legacy, NULL };

const char *sure_word(enum sure s)
{
	static const char *const words[] = { "certain", "likely", "look" };

	return words[s];
}

static int compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	if (c || x->line != y->line)
		return c ? c : x->line < y->line ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	c = strcmp(x->text, y->text);
	return c ? c : strcmp(x->hook, y->hook);
}

void audit_hooks(const struct tree *t, const struct hooks *hooks, struct findings *out)
{
	void (*const *group)(struct audit *a);
	const struct hook *h;

	vec_each(h, &hooks->list) {
		struct audit a = { .tree = t, .hooks = hooks, .hook = h, .c = h->fn.contract, .out = out };

		if (!a.c)
			continue;
		for (group = h->legacy ? legacy_rules : hook_rules; *group; group++)
			(*group)(&a);
	}
	if (out->nr)
		qsort(out->items, out->nr, sizeof(*out->items), compare);
}

void findings_free(struct findings *list)
{
	struct finding *n;

	vec_each(n, list) {
		free(n->file);
		free(n->function);
		free(n->hook);
		free(n->text);
		strlist_free(&n->path);
	}
	vec_free(list);
}
