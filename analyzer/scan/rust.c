// SPDX-License-Identifier: GPL-2.0-only
/* Rust abstractions: listed, never parsed; a C handler that they install gets an instance. */
#include <stdlib.h>
#include <string.h>

#include "classify/classify.h"
#include "classify/needs.h"
#include "scan/internal.h"
#include "tree/fields.h"

static void add_instance(struct handler *h, const struct text_site *t)
{
	struct instance *i = vec_push(&h->instances);

	i->interface = xasprintf("%s.%s", t->tag, t->field);
	i->name = xstrdup("");
	i->file = xstrdup(t->file);
	i->line = t->line;
	i->how = xstrdup("rust");
}

/* The C function that a Rust table names, if it is a handler. */
static struct handler *c_handler(struct scan *s, const char *name)
{
	struct handler *h;

	vec_each(h, &s->inv->handlers)
		if (!strcmp(h->function, name) && !str_ends(h->file, ".rs"))
			return h;
	return NULL;
}

/* Rust tables are few and named after the C structs: a field that is reached in C is reached here. */
static bool is_handler(struct scan *s, const struct text_site *t, const struct scan_field **field)
{
	char *name = xasprintf("%s.%s", t->tag, t->field);

	*field = scan_field_find(s, name);
	free(name);
	return *field && (!strcmp((*field)->name, TIER_1_FIELD) || (*field)->reached);
}

void scan_join_rust(struct scan *s)
{
	const struct text_site *t;
	const struct scan_field *field;
	struct verdict v = { 0 };
	struct handler *h;
	size_t i;

	vec_each(t, &s->search.facts.sites) {
		if (strcmp(t->how, "rust") || !is_handler(s, t, &field) ||
		    !(s->wide || scan_path_selected(t->file, s->opt->only)))
			continue;
		h = c_handler(s, t->value);
		if (h) {
			add_instance(h, t);
			continue;
		}
		h = vec_push(&s->inv->handlers);
		h->file = xstrdup(t->file);
		h->line = t->line;
		h->function = xstrdup(t->value);
		h->id = xasprintf("%s:%s", t->file, t->value);
		h->interface = xstrdup(field->name);
		h->tier = strcmp(field->name, TIER_1_FIELD) ? 2 : 1;
		for (i = 0; i < field->from.nr; i++)
			strlist_add(&h->reached_from, field->from.items[i]);
		h->class_name = xstrdup("unknown");
		h->verdict = xstrdup("core");
		add_instance(h, t);
		v.out = h;
		verdict_reason(&v, WEIGHT_CORE, "rust", t->line,
			       "a Rust abstraction; Rust is not parsed, and its mmap takes a vma");
		verdict_need(&v, NEED_RUST);
	}
}
