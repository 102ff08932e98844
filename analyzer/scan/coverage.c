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

/* "sound/", "drivers/gpu/", "include/drm/": do both stand in one of those? */
static bool same_subsystem(const char *a, const char *b)
{
	unsigned parts = str_starts(a, "drivers/") || str_starts(a, "arch/") || str_starts(a, "include/") ? 2 : 1;

	while (*a && *a == *b) {
		if (*a == '/' && !--parts)
			return true;
		a++;
		b++;
	}
	return false;
}

static bool is_installed_near(const struct scan *s, const char *field, const char *file)
{
	const struct install *i;

	vec_each(i, &s->installs)
		if (!strcmp(i->field, field) && same_subsystem(i->file, file))
			return true;
	return false;
}

/* Why nothing is known to reach a field. */
static char *why_not_reached(const struct scan *s, const char *field, const struct text_field *f)
{
	const struct text_call *c;

	if (!s->wide)
		return xstrdup("not looked at: only a part of the tree was asked for");
	vec_each(c, &s->search.facts.calls)
		if (!strcmp(c->field, f->name) &&
		    (same_subsystem(c->file, f->file) || is_installed_near(s, field, c->file)))
			return xasprintf("no tier 1 handler is seen to get to a call through it, but %s:%u calls"
					 " some .%s in a function that gets no vma: who calls that is not followed",
					 c->file, c->line, c->field);
	return xstrdup("no tier 1 handler gets to a call through it");
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
			v->why = why_not_reached(s, v->name, f);
		}
	}
}
