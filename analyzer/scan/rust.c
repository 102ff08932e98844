// SPDX-License-Identifier: GPL-2.0-only
/* Rust abstractions: listed, never parsed; a C handler that they install gets an instance. */
#include <stdlib.h>
#include <string.h>

#include "classify/classify.h"
#include "scan/internal.h"

static void add_instance(struct handler *h, const struct text_site *t)
{
	struct instance *i = vec_push(&h->instances);

	i->name = xstrdup("");
	i->file = xstrdup(t->file);
	i->line = t->line;
	i->how = xstrdup("rust");
}

static bool is_c_function(struct scan *s, const char *name, struct handler **h)
{
	struct handler *k;

	*h = NULL;
	vec_each(k, &s->inv->handlers)
		if (!strcmp(k->function, name) && str_ends(k->file, ".c")) {
			*h = k;
			return true;
		}
	return false;
}

void scan_join_rust(struct scan *s)
{
	const struct text_site *t;
	struct verdict v = { 0 };
	struct handler *h;

	vec_each(t, &s->search.facts.sites) {
		if (strcmp(t->how, "rust") || search_other_struct(t) || !scan_path_selected(t->file, s->opt->only))
			continue;
		if (is_c_function(s, t->value, &h)) {
			add_instance(h, t);
			continue;
		}
		h = vec_push(&s->inv->handlers);
		h->file = xstrdup(t->file);
		h->line = t->line;
		h->function = xstrdup(t->value);
		h->id = xasprintf("%s:%s", t->file, t->value);
		h->interface = xstrdup("file_operations.mmap");
		h->tier = 1;
		h->class_name = xstrdup("unknown");
		h->verdict = xstrdup("core");
		add_instance(h, t);
		v.out = h;
		verdict_reason(&v, WEIGHT_CORE, "rust", t->line,
			       "a Rust abstraction; Rust is not parsed, and its mmap takes a vma");
		verdict_need(&v, "mmap_prepare in the Rust abstraction");
	}
}
