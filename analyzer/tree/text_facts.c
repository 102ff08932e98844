// SPDX-License-Identifier: GPL-2.0-only
#include "tree/text.h"

#include <stdlib.h>

#define MOVE(to, from) do { \
	size_t move_i; \
	for (move_i = 0; move_i < (from)->nr; move_i++) \
		*vec_push(to) = (from)->items[move_i]; \
	vec_free(from); \
} while (0)

void text_facts_move(struct text_facts *facts, struct text_facts *part)
{
	MOVE(&facts->fields, &part->fields);
	MOVE(&facts->typedefs, &part->typedefs);
	MOVE(&facts->sites, &part->sites);
	MOVE(&facts->swaps, &part->swaps);
	MOVE(&facts->functions, &part->functions);
	MOVE(&facts->macros, &part->macros);
	MOVE(&facts->calls, &part->calls);
	facts->copies_table |= part->copies_table;
	facts->unclear |= part->unclear;
}

void text_facts_cut_sites(struct text_facts *facts, size_t nr)
{
	struct text_site *s;

	while (facts->sites.nr > nr) {
		s = &facts->sites.items[--facts->sites.nr];
		free(s->file);
		free(s->tag);
		free(s->field);
		free(s->table);
		free(s->value);
		free(s->how);
		free(s->macro);
		free(s->condition);
	}
}

void text_facts_free(struct text_facts *facts)
{
	struct text_field *field;
	struct text_function *f;
	struct text_swap *w;
	struct text_macro *m;
	struct text_call *c;

	vec_each(field, &facts->fields) {
		free(field->file);
		free(field->tag);
		free(field->name);
	}
	text_facts_cut_sites(facts, 0);
	vec_each(f, &facts->functions) {
		free(f->file);
		free(f->name);
		free(f->condition);
		strlist_free(&f->names);
	}
	vec_each(w, &facts->swaps) {
		free(w->file);
		free(w->table);
	}
	vec_each(m, &facts->macros) {
		free(m->file);
		free(m->name);
		free(m->uses);
	}
	vec_each(c, &facts->calls) {
		free(c->file);
		free(c->field);
	}
	vec_free(&facts->fields);
	strlist_free(&facts->typedefs);
	vec_free(&facts->sites);
	vec_free(&facts->swaps);
	vec_free(&facts->functions);
	vec_free(&facts->macros);
	vec_free(&facts->calls);
}
