// SPDX-License-Identifier: GPL-2.0-only
/* What became of each field that takes a vma: none is dropped without a word. */
#include <stdlib.h>
#include <string.h>

#include "scan/internal.h"
#include "tree/fields.h"

/* Functions that are installed in a field, reached or not. */
static unsigned count_functions(const struct scan *s, const char *field)
{
	struct strlist seen = { 0 };
	const struct install *i;
	unsigned nr = 0;
	char *name;

	vec_each(i, &s->installs) {
		if (strcmp(i->field, field) || i->no_function)
			continue;
		name = xasprintf("%s:%s", i->def_file ? i->def_file : i->file, i->value);
		nr += strlist_add_once(&seen, name);
		free(name);
	}
	strlist_free(&seen);
	return nr;
}

static struct vma_field *add(struct scan *s, const struct text_field *f)
{
	struct vma_field *v = vec_push(&s->inv->fields);

	v->name = xasprintf("%s.%s", f->tag, f->name);
	v->file = xstrdup(f->file);
	v->line = f->line;
	return v;
}

void scan_list_fields(struct scan *s)
{
	const struct scan_field *field;
	const struct text_field *f;
	struct vma_field *v;

	vec_each(f, &s->search.facts.fields) {
		v = add(s, f);
		v->handlers = count_functions(s, v->name);
		field = scan_field_find(s, v->name);
		if (f->desc) {
			v->role = xstrdup("hook");
		} else if (f->excluded) {
			v->role = xstrdup("excluded");
			v->why = xstrdup(f->excluded);
		} else if (!strcmp(v->name, TIER_1_FIELD)) {
			v->role = xstrdup("tier-1");
		} else if (field && field->reached) {
			v->role = xstrdup("tier-2");
			v->reached_from = (unsigned)field->from.nr;
		} else {
			v->role = xstrdup("not-reached");
			v->why = xstrdup(s->wide ? "no tier 1 handler gets to a call through it"
						 : "not looked at: only a part of the tree was asked for");
		}
	}
}
